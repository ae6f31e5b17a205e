/** Tests of shipping. */
@NullMarked
package org.cartulary.shipping;

import org.jspecify.annotations.NullMarked;
