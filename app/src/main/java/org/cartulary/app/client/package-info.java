/** A client of the platform's public HTTP API, for the command line. */
@NullMarked
package org.cartulary.app.client;

import org.jspecify.annotations.NullMarked;
