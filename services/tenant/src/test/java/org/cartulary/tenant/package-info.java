/** Tests of the directory of tenants. */
@NullMarked
package org.cartulary.tenant;

import org.jspecify.annotations.NullMarked;
