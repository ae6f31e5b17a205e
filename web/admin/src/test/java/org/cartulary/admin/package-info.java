@NullMarked
package org.cartulary.admin;

import org.jspecify.annotations.NullMarked;
