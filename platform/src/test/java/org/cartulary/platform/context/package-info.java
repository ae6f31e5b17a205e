/** Tests of the request's context. */
@NullMarked
package org.cartulary.platform.context;

import org.jspecify.annotations.NullMarked;
