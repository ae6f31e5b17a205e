/** What services may ask of shipping. */
@NullMarked
package org.cartulary.contracts.shipping;

import org.jspecify.annotations.NullMarked;
