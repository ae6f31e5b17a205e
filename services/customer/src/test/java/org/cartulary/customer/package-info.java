/** Tests of the people who buy. */
@NullMarked
package org.cartulary.customer;

import org.jspecify.annotations.NullMarked;
