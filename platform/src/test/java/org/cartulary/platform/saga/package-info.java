/** Tests. */
@NullMarked
package org.cartulary.platform.saga;

import org.jspecify.annotations.NullMarked;
