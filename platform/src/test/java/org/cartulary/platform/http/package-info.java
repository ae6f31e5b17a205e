/** Tests of the HTTP side, against a real server. */
@NullMarked
package org.cartulary.platform.http;

import org.jspecify.annotations.NullMarked;
