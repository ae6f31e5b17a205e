/** Starts, watches and stops a durable PostgreSQL server that belongs to the running program. */
@NullMarked
package org.cartulary.postgres;

import org.jspecify.annotations.NullMarked;
