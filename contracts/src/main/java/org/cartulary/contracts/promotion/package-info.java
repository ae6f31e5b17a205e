/** What services may know of promotions. */
@NullMarked
package org.cartulary.contracts.promotion;

import org.jspecify.annotations.NullMarked;
