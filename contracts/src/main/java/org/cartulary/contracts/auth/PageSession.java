package org.cartulary.contracts.auth;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.Personal;
import org.cartulary.platform.audit.PersonalDataCategory;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is logged in at a page.
 *
 * @param sessionId the session behind it, as its owner sees it listed
 * @param role CUSTOMER, VENDOR, SUPPORT or ADMIN
 * @param permissions what the role may do
 * @param firstName {@code null} if the name cannot be read; may be empty
 * @param lastName likewise
 * @param email likewise
 * @param accessToken for calls of the public API during this request, in {@code Authorization: Bearer}
 * @param accessTokenExpiresAt from when on the token is refused; some minutes from now
 */
public record PageSession(
        UUID sessionId,
        UUID userId,
        String role,
        Set<String> permissions,
        @Personal(PersonalDataCategory.NAME) @Nullable String firstName,
        @Personal(PersonalDataCategory.NAME) @Nullable String lastName,
        @Personal(PersonalDataCategory.EMAIL) @Nullable String email,
        String accessToken,
        Instant accessTokenExpiresAt)
        implements AboutPerson {

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("user", userId, userId);
    }

    /** Leaves out the access token and who it is. */
    @Override
    public String toString() {
        return "PageSession[sessionId=" + sessionId + ", userId=" + userId + "]";
    }
}
