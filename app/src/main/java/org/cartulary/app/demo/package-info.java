/** The demo shop of {@code ./cartulary up --demo}: a catalogue with pictures, customers, orders and reviews, filled in over the public API. */
@NullMarked
package org.cartulary.app.demo;

import org.jspecify.annotations.NullMarked;
