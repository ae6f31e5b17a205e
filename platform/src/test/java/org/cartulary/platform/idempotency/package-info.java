/** Tests. */
@NullMarked
package org.cartulary.platform.idempotency;

import org.jspecify.annotations.NullMarked;
