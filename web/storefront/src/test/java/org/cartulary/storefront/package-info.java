@NullMarked
package org.cartulary.storefront;

import org.jspecify.annotations.NullMarked;
