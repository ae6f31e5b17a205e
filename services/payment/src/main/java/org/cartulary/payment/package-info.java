/** Payments: money is reserved, taken and given back once, whatever fails in between. */
@NullMarked
package org.cartulary.payment;

import org.jspecify.annotations.NullMarked;
