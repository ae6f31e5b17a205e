/** Shops attack shops, and customers customers: over every endpoint, in every table, and with all that they were given. */
@NullMarked
package org.cartulary.tests.isolation;

import org.jspecify.annotations.NullMarked;
