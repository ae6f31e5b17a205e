package org.cartulary.platform.mail;

import java.io.Serial;

/** A mail that could not be sent now. It tells neither the address nor the text, so that it may be logged and kept. */
public final class MailFailedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** With a reason that names no person. What the mail server said is left out on purpose: it repeats the address. */
    public MailFailedException(String reason) {
        super(reason);
    }

    /** What is wrong, in a few words. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
