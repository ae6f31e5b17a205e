/** Tests of promotions. */
@NullMarked
package org.cartulary.promotion;

import org.jspecify.annotations.NullMarked;
