/** What services may ask of orders, and what happens to them. */
@NullMarked
package org.cartulary.contracts.order;

import org.jspecify.annotations.NullMarked;
