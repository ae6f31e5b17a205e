@NullMarked
package org.cartulary.pages;

import org.jspecify.annotations.NullMarked;
