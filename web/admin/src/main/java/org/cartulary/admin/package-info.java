/** The shop as its staff runs it: orders, products, stock, customers and settings, rendered on the server, and whole without a script. */
@NullMarked
package org.cartulary.admin;

import org.jspecify.annotations.NullMarked;
