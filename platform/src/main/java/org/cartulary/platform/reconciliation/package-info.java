/** Invariants that a service checks in its own database, and what became of the checks. */
@NullMarked
package org.cartulary.platform.reconciliation;

import org.jspecify.annotations.NullMarked;
