/** Tests of carts. */
@NullMarked
package org.cartulary.cart;

import org.jspecify.annotations.NullMarked;
