/** Tests of orders. */
@NullMarked
package org.cartulary.order;

import org.jspecify.annotations.NullMarked;
