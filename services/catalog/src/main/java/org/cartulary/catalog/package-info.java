/** Products, categories, brands and manufacturers. */
@NullMarked
package org.cartulary.catalog;

import org.jspecify.annotations.NullMarked;
