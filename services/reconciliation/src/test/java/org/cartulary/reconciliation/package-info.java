/** Tests of the reconciler with facts made up in memory. */
@NullMarked
package org.cartulary.reconciliation;

import org.jspecify.annotations.NullMarked;
