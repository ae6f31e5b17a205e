/** Requests that take effect once, however often they are sent. */
@NullMarked
package org.cartulary.platform.idempotency;

import org.jspecify.annotations.NullMarked;
