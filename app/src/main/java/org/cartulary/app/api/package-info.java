/** The description of the public HTTP API: an OpenAPI document whose examples have all been tried. */
@NullMarked
package org.cartulary.app.api;

import org.jspecify.annotations.NullMarked;
