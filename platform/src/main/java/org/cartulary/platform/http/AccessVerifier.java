package org.cartulary.platform.http;

import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.jspecify.annotations.Nullable;

/** Who stands behind a token, and whose shop a host name is. Called for every request: thread-safe and fast. */
public interface AccessVerifier {

    /**
     * Whom an access token or API key admits.
     *
     * @param tenantId the tenant, or {@code null} for an operator of the platform
     * @param principal who it is and what it may do
     */
    record Access(@Nullable UUID tenantId, Principal principal) {}

    /**
     * Whom the token of {@code Authorization: Bearer …} admits.
     *
     * @throws InvalidTokenException if it is unknown, forged, revoked or expired
     */
    Access verifyBearer(String token);

    /**
     * Whether the tenant is suspended: nobody is served in its name, while what it has begun goes to its end.
     *
     * @param tenantId one that a token or a host name has led to
     */
    boolean isSuspended(UUID tenantId);

    /**
     * The tenant whose shop is served under the host name, suspended or not, or {@code null} if there is none.
     *
     * @param host in lower case, without port
     */
    @Nullable UUID tenantOfHost(String host);
}
