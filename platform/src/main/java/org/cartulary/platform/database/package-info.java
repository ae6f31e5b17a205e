/** One PostgreSQL database per service: its roles, its schema, its pools, and the transactions that bind the tenant. */
@NullMarked
package org.cartulary.platform.database;

import org.jspecify.annotations.NullMarked;
