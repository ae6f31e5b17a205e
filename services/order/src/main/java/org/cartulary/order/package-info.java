/** Orders: what was bought under which conditions, and the state machine that each order goes through. */
@NullMarked
package org.cartulary.order;

import org.jspecify.annotations.NullMarked;
