/** Tests of what tests stand on. */
@NullMarked
package org.cartulary.platform.testing;

import org.jspecify.annotations.NullMarked;
