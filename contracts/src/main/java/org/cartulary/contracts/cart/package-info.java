/** What services may know of carts. */
@NullMarked
package org.cartulary.contracts.cart;

import org.jspecify.annotations.NullMarked;
