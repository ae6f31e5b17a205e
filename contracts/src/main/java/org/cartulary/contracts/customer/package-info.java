/** What services may know of customers. */
@NullMarked
package org.cartulary.contracts.customer;

import org.jspecify.annotations.NullMarked;
