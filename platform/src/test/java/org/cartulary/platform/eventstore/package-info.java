/** Tests of the event store. */
@NullMarked
package org.cartulary.platform.eventstore;

import org.jspecify.annotations.NullMarked;
