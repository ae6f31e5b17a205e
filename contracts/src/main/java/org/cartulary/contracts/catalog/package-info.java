/** What services may know of products. */
@NullMarked
package org.cartulary.contracts.catalog;

import org.jspecify.annotations.NullMarked;
