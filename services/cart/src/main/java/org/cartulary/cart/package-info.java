/** Carts of guests and customers: what they mean to buy, at which price, and until when. */
@NullMarked
package org.cartulary.cart;

import org.jspecify.annotations.NullMarked;
