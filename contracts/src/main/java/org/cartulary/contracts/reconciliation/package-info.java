/** How services show that their records are right: invariants within a service, facts to compare between services. */
@NullMarked
package org.cartulary.contracts.reconciliation;

import org.jspecify.annotations.NullMarked;
