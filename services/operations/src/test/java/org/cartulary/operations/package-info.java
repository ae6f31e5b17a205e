/** Tests of the reconciler with facts made up in memory. */
@NullMarked
package org.cartulary.operations;

import org.jspecify.annotations.NullMarked;
