/** The HTTP side of every service: who asks and what for, problem documents, pages, versions and calls between services. */
@NullMarked
package org.cartulary.platform.http;

import org.jspecify.annotations.NullMarked;
