/** The UCI Online Retail data set: read from its file, imported as a shop, replayed as orders and compared with the file. */
@NullMarked
package org.cartulary.app.retail;

import org.jspecify.annotations.NullMarked;
