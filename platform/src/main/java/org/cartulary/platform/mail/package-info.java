/** Mails to people: sent over SMTP, or put into a folder where no server is configured. */
@NullMarked
package org.cartulary.platform.mail;

import org.jspecify.annotations.NullMarked;
