/** The products of a shop as a file: taken out of the running platform, and brought in. */
@NullMarked
package org.cartulary.app.products;

import org.jspecify.annotations.NullMarked;
