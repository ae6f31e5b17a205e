/** Tests of what commands show. */
@NullMarked
package org.cartulary.app.console;

import org.jspecify.annotations.NullMarked;
