/** Personal data at rest: sealed under a key of each person, found by blind indexes, unreadable once that key is destroyed. */
@NullMarked
package org.cartulary.platform.privacy;

import org.jspecify.annotations.NullMarked;
