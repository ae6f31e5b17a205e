/** Measures the platform from outside, side by side with bare SQL on the same cluster, and writes the results down. */
@NullMarked
package org.cartulary.benchmarks;

import org.jspecify.annotations.NullMarked;
