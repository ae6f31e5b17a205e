/** Tests of the pictures of the demo shop. */
@NullMarked
package org.cartulary.app.demo.pictures;

import org.jspecify.annotations.NullMarked;
