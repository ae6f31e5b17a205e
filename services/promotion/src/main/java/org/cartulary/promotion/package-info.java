/** What a shop takes off, for whom and when, and how often. */
@NullMarked
package org.cartulary.promotion;

import org.jspecify.annotations.NullMarked;
