/** The proof that the records of all services agree. */
@NullMarked
package org.cartulary.reconciliation;

import org.jspecify.annotations.NullMarked;
