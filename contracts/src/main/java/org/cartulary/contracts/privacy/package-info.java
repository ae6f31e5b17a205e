/** What services may know of the keys of personal data. */
@NullMarked
package org.cartulary.contracts.privacy;

import org.jspecify.annotations.NullMarked;
