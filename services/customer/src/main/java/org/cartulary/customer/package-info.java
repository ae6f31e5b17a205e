/** The people who buy and their addresses. */
@NullMarked
package org.cartulary.customer;

import org.jspecify.annotations.NullMarked;
