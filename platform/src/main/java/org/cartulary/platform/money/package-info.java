/** Amounts of money that always add up. */
@NullMarked
package org.cartulary.platform.money;

import org.jspecify.annotations.NullMarked;
