package org.cartulary.platform.mail;

import java.util.UUID;

/**
 * A mail of plain text to one person.
 *
 * @param id becomes its Message-ID, so that a mail that arrives twice is known for one; it is the same each time it is sent
 * @param to the e-mail address
 * @param subject one line
 * @param text what it says
 */
public record Mail(UUID id, String to, String subject, String text) {

    public Mail {
        if (to.chars().anyMatch(Character::isISOControl) || subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the address and the subject of a mail have no control characters");
        }
    }

    /** Leaves out the person and what the mail says. */
    @Override
    public String toString() {
        return "Mail[id=" + id + "]";
    }
}
