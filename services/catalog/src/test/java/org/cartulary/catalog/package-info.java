/** Tests of the catalog. */
@NullMarked
package org.cartulary.catalog;

import org.jspecify.annotations.NullMarked;
