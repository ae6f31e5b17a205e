/** A service with classes that are wrong in one way each. */
@NullMarked
package org.cartulary.tests.architecture.samples.order;

import org.jspecify.annotations.NullMarked;
