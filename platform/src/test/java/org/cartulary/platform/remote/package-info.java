/** Tests of calls between processes. */
@NullMarked
package org.cartulary.platform.remote;

import org.jspecify.annotations.NullMarked;
