/** Work that spans services: every step is done, or everything is undone, whatever crashes in between. */
@NullMarked
package org.cartulary.platform.saga;

import org.jspecify.annotations.NullMarked;
