/** The stock: received into warehouses, reserved for orders, sold or given back, and never oversold. */
@NullMarked
package org.cartulary.inventory;

import org.jspecify.annotations.NullMarked;
