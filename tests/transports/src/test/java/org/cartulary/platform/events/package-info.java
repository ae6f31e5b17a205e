/** What every transport of events promises, tried on each of them. */
@NullMarked
package org.cartulary.platform.events;

import org.jspecify.annotations.NullMarked;
