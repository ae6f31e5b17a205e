/** Who asks, for which tenant, under which trace: the context that travels with every request, event and job. */
@NullMarked
package org.cartulary.platform.context;

import org.jspecify.annotations.NullMarked;
