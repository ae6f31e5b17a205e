/** What services may ask of payment. */
@NullMarked
package org.cartulary.contracts.payment;

import org.jspecify.annotations.NullMarked;
