/** A Redis in which a service keeps something outside of its database, where an installation wants that. */
@NullMarked
package org.cartulary.platform.redis;

import org.jspecify.annotations.NullMarked;
