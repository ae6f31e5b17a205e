/** Tests of the demo shop. */
@NullMarked
package org.cartulary.app.demo;

import org.jspecify.annotations.NullMarked;
