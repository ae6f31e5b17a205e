/** Tests of checkouts against a real database, with the other services in memory. */
@NullMarked
package org.cartulary.checkout;

import org.jspecify.annotations.NullMarked;
