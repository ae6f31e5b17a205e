package org.cartulary.platform.http;

/** Why somebody reads personal data, as they may say it. */
public final class AccessReason {

    /**
     * The header that says it: the number of a ticket, or a word of the shop, of 1 to 100 characters. No sentence, which could name
     * those whose data they are, since it is kept when these are forgotten.
     */
    public static final String HEADER = "X-Access-Reason";

    private AccessReason() {}
}
