/** Random operations over HTTP against a model of the truth; a failing run shrinks, and says how to repeat it. */
@NullMarked
package org.cartulary.tests.simulation;

import org.jspecify.annotations.NullMarked;
