/** Checkouts: what a buyer is about to order, and the saga that places the order or undoes everything. */
@NullMarked
package org.cartulary.checkout;

import org.jspecify.annotations.NullMarked;
