/** Tests of mails. */
@NullMarked
package org.cartulary.platform.mail;

import org.jspecify.annotations.NullMarked;
