/** The directory of tenants: who they are, how they are reached and what they have configured. */
@NullMarked
package org.cartulary.tenant;

import org.jspecify.annotations.NullMarked;
