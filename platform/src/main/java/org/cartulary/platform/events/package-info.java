/** Events that are written in the transaction that causes them, and take effect once at each consumer. */
@NullMarked
package org.cartulary.platform.events;

import org.jspecify.annotations.NullMarked;
