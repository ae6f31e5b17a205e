/** Work that runs at intervals, once in a cluster. */
@NullMarked
package org.cartulary.platform.jobs;

import org.jspecify.annotations.NullMarked;
