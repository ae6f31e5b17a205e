/** The description of the public HTTP API: an OpenAPI document whose examples a test calls wherever anybody can. */
@NullMarked
package org.cartulary.app.api;

import org.jspecify.annotations.NullMarked;
