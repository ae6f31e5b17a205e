/** The keys of people, by which services seal what they keep on them; who is to be forgotten loses theirs. */
@NullMarked
package org.cartulary.privacy;

import org.jspecify.annotations.NullMarked;
