@NullMarked
package org.cartulary.platform.coalescing;

import org.jspecify.annotations.NullMarked;
