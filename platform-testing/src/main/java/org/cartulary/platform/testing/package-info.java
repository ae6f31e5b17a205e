/** What tests of services need: databases on a real PostgreSQL, contexts, a settable clock and concurrent callers. */
@NullMarked
package org.cartulary.platform.testing;

import org.jspecify.annotations.NullMarked;
