/** Calls of several callers that share a transaction: as many as have come while the batch before them was at work. */
@NullMarked
package org.cartulary.platform.coalescing;

import org.jspecify.annotations.NullMarked;
