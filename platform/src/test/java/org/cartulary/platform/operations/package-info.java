/** Tests. */
@NullMarked
package org.cartulary.platform.operations;

import org.jspecify.annotations.NullMarked;
