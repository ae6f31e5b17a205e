/** What commands show to whoever waits for them. */
@NullMarked
package org.cartulary.app.console;

import org.jspecify.annotations.NullMarked;
