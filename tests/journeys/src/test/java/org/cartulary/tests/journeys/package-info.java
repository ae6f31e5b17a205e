/** Purchases, imports and crashes from end to end, over the public HTTP API and the command line. */
@NullMarked
package org.cartulary.tests.journeys;

import org.jspecify.annotations.NullMarked;
