/** Answers that are kept in the process until what they are made of changes, here or in another process. */
@NullMarked
package org.cartulary.platform.cache;

import org.jspecify.annotations.NullMarked;
