/** Tests of what measures: a generator of load that misreads an answer measures something else. */
@NullMarked
package org.cartulary.benchmarks;

import org.jspecify.annotations.NullMarked;
