/** Tests of sealed personal data. */
@NullMarked
package org.cartulary.platform.privacy;

import org.jspecify.annotations.NullMarked;
