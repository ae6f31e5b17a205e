package org.cartulary.tests.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Where the mails of a platform arrive that has no mail server: on its operator's page, from which everybody's are read here.
 * Thread-safe.
 */
public final class Mailbox {

    private static final Pattern TOKEN = Pattern.compile("(?:ev|pr)_[A-Za-z0-9_-]{43}");
    private static final Duration ARRIVAL_LIMIT = Duration.ofMinutes(3);

    private final HttpShop operator;

    /** The mails that this operator sees. */
    Mailbox(HttpShop operator) {
        this.operator = operator;
    }

    /**
     * The mails to an address, the newest first.
     *
     * @param kind what they are about, such as {@code EMAIL_VERIFICATION}
     */
    public List<JsonNode> mailsTo(String email, String kind) {
        return Patience.answer(() -> operator.get("/api/v1/admin/outgoing-mails?limit=100"))
                .expect(200)
                .path("items")
                .valueStream()
                .filter(mail -> mail.path("to").asString("").equals(email))
                .filter(mail -> mail.path("kind").asString().equals(kind))
                .toList();
    }

    /**
     * The token in the newest mail of a kind to an address, once there is one.
     *
     * @throws AssertionError if none comes, or the mail has no token
     */
    public String tokenMailedTo(String email, String kind) {
        List<JsonNode> found = new ArrayList<>();
        Eventually.holds("a mail " + kind + " is written to " + email, ARRIVAL_LIMIT, () -> {
            found.addAll(mailsTo(email, kind));
            return !found.isEmpty();
        });
        Matcher token = TOKEN.matcher(found.getFirst().path("text").asString());
        if (!token.find()) {
            throw new AssertionError("the mail to " + email + " has no token");
        }
        return token.group();
    }
}
