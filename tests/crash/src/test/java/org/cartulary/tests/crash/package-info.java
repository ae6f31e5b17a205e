/** Kills processes and databases and cuts networks, and shows that nothing is lost and nothing happens twice. */
@NullMarked
package org.cartulary.tests.crash;

import org.jspecify.annotations.NullMarked;
