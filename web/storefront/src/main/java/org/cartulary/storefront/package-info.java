/** The shop as its buyers see it: from the first page to the order, rendered on the server, and whole without a script. */
@NullMarked
package org.cartulary.storefront;

import org.jspecify.annotations.NullMarked;
