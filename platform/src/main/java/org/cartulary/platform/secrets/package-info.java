/** The secrets of an installation: the one that is used, and those that are only understood while it is changed. */
@NullMarked
package org.cartulary.platform.secrets;

import org.jspecify.annotations.NullMarked;
