/** Contracts, one of them wrong. */
@NullMarked
package org.cartulary.tests.architecture.samples.contracts;

import org.jspecify.annotations.NullMarked;
