@NullMarked
package org.cartulary.platform.secrets;

import org.jspecify.annotations.NullMarked;
