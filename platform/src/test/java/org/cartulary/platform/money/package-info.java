/** Tests of money. */
@NullMarked
package org.cartulary.platform.money;

import org.jspecify.annotations.NullMarked;
