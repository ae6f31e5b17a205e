/** Tests of the data set. */
@NullMarked
package org.cartulary.app.retail;

import org.jspecify.annotations.NullMarked;
