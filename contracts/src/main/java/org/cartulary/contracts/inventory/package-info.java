/** What services may ask of the stock: reserve, confirm, release, and how much there is. */
@NullMarked
package org.cartulary.contracts.inventory;

import org.jspecify.annotations.NullMarked;
