package org.cartulary.platform.http;

import org.cartulary.platform.context.RequestContext;

/**
 * A call from another process of the installation.
 *
 * @param caller the name of the process that calls
 * @param context on whose behalf, for which tenant and under which trace
 */
record ServiceCall(String caller, RequestContext context) {}
