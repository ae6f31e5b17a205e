package org.cartulary.contracts.auth;

import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.contracts.secrets.KeepsUnderSecret;
import org.cartulary.platform.remote.SafeToRepeat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Identities and their proofs. Thread-safe. */
@HttpExchange("/internal/auth")
public interface AuthApi extends Reconcilable, KeepsUnderSecret {

    /** The public keys that verify access tokens, as a JSON Web Key Set (RFC 7517). */
    @SafeToRepeat
    @GetExchange("/public-keys")
    PublicKeys publicKeys();

    /** Whose API key has this hash, or {@code null} if none or it is revoked or expired. */
    @SafeToRepeat
    @PostExchange("/api-key-lookups")
    @Nullable ApiKeyOwner findApiKey(@RequestBody FindApiKey query);

    /**
     * Creates a member of staff of the current tenant unless one with this e-mail address exists, or has existed in this role until the
     * account was ended.
     */
    @PostExchange("/staff")
    StaffMember ensureStaff(@RequestBody CreateStaff command);
}
