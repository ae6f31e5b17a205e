/** Calls to services of other processes: how long one waits, what is tried again, when a service counts as away. */
@NullMarked
package org.cartulary.platform.remote;

import org.jspecify.annotations.NullMarked;
