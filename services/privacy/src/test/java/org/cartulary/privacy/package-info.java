/** Tests of the keys of people. */
@NullMarked
package org.cartulary.privacy;

import org.jspecify.annotations.NullMarked;
