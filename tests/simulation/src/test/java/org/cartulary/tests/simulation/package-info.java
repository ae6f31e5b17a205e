/** Tests of the simulation, and by it. */
@NullMarked
package org.cartulary.tests.simulation;

import org.jspecify.annotations.NullMarked;
