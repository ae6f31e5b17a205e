/** Draws the pictures of the demo shop: each product by its motif, colours and pattern, always alike. */
@NullMarked
package org.cartulary.app.demo.pictures;

import org.jspecify.annotations.NullMarked;
