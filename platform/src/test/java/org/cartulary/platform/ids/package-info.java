/** Tests of identifiers. */
@NullMarked
package org.cartulary.platform.ids;

import org.jspecify.annotations.NullMarked;
