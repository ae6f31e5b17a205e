/** Tests of payments. */
@NullMarked
package org.cartulary.payment;

import org.jspecify.annotations.NullMarked;
