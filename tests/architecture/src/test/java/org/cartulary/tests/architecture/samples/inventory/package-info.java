/** A service, right but for its face. */
@NullMarked
package org.cartulary.tests.architecture.samples.inventory;

import org.jspecify.annotations.NullMarked;
