/** Every event that was ever written: one aggregate's stream, a time range, and a feed that skips nothing. */
@NullMarked
package org.cartulary.platform.eventstore;

import org.jspecify.annotations.NullMarked;
