/** What services may know of checkouts. */
@NullMarked
package org.cartulary.contracts.checkout;

import org.jspecify.annotations.NullMarked;
