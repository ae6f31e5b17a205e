/** Tests of the data set. */
@NullMarked
package org.cartulary.app.api;

import org.jspecify.annotations.NullMarked;
