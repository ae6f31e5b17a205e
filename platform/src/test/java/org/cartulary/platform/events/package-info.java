/** Tests. */
@NullMarked
package org.cartulary.platform.events;

import org.jspecify.annotations.NullMarked;
