/** Tests of the databases on a real PostgreSQL. */
@NullMarked
package org.cartulary.platform.database;

import org.jspecify.annotations.NullMarked;
