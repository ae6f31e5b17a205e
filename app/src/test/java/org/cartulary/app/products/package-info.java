/** Tests of files of products. */
@NullMarked
package org.cartulary.app.products;

import org.jspecify.annotations.NullMarked;
