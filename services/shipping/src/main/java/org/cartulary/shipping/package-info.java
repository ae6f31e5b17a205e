/** Shipping zones and methods, and what it costs to send a parcel. */
@NullMarked
package org.cartulary.shipping;

import org.jspecify.annotations.NullMarked;
