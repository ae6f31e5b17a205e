package org.cartulary.auth;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.jspecify.annotations.Nullable;

/**
 * Codes of an authenticator app that people show beside their password. Secrets are encrypted, each code counts once, and recovery
 * codes are kept as hashes. Whoever makes or removes a factor shows the password again: a stolen access token is not enough.
 * Thread-safe.
 */
final class SecondFactors {

    static final int RECOVERY_CODES = 10;
    /** 80 bits, so that a hash without salt tells nothing. */
    private static final int RECOVERY_CODE_BYTES = 10;

    private final Database database;
    private final KeyEncryption encryption;
    private final Passwords passwords;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final UserStore users = new UserStore();
    private final SecondFactorStore store = new SecondFactorStore();
    private final LoginAttemptStore attempts = new LoginAttemptStore();

    SecondFactors(Database database, KeyEncryption encryption, Passwords passwords, Clock clock) {
        this.database = database;
        this.encryption = encryption;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** The key under which the secrets are kept, derived from the installation's secret. */
    static KeyEncryption encryption(InstallationSecrets secrets) {
        return new KeyEncryption(secrets, "cartulary second factors");
    }

    /** Whether the factor is asked when its user logs in, and how many recovery codes there are. */
    record Status(boolean active, int recoveryCodesLeft) {}

    Status status(UUID userId) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> new Status(
                store.find(tx, tenantId, userId)
                        .filter(SecondFactorStore.Kept::confirmed)
                        .isPresent(),
                store.recoveryCodesLeft(tx, tenantId, userId)));
    }

    /** Makes a secret, which counts once a code of it is shown, unless the user has a factor. */
    SecondFactorResult begin(UUID userId, String password) {
        UUID tenantId = RequestContext.currentTenant();
        byte[] secret = Totp.newSecret();
        String encrypted = encryption.encrypt(userId, Base64.getEncoder().encodeToString(secret));
        return withPassword(
                userId,
                password,
                (tx, now) -> store.begin(tx, tenantId, userId, encrypted, encryption.secretId(), now)
                        ? new SecondFactorResult.Begun(secret)
                        : new SecondFactorResult.AlreadyActive());
    }

    /** Has the factor asked from now on, since its user has shown a code of it. */
    SecondFactorResult confirm(UUID userId, String code) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inTransaction(tx -> refused(tx, tenantId, userId)
                .orElseGet(
                        () -> settled(tx, tenantId, userId, confirmed(tx, tenantId, userId, code, clock.instant()))));
    }

    private SecondFactorResult confirmed(Transaction tx, UUID tenantId, UUID userId, String code, Instant now) {
        Optional<SecondFactorStore.Kept> kept = store.lock(tx, tenantId, userId).filter(factor -> !factor.confirmed());
        if (kept.isEmpty()) {
            return new SecondFactorResult.NoFactor();
        }
        String encrypted = kept.get().secretEncrypted();
        OptionalLong step = Totp.matchingStep(secret(userId, encrypted), code, now);
        if (step.isEmpty() || !store.confirm(tx, tenantId, userId, encrypted, step.getAsLong(), now)) {
            return new SecondFactorResult.WrongCode();
        }
        List<String> codes =
                Stream.generate(this::recoveryCode).limit(RECOVERY_CODES).toList();
        store.insertRecoveryCodes(
                tx, tenantId, userId, codes.stream().map(SecondFactors::hash).toList(), now);
        AuditLog.record(tx, AuditedAct.of("second-factor.added", "user", userId));
        return new SecondFactorResult.Confirmed(codes);
    }

    /** Has the factor asked no more, since its user has shown the password and a code of it. */
    SecondFactorResult remove(UUID userId, String password, String code) {
        UUID tenantId = RequestContext.currentTenant();
        return withPassword(userId, password, (tx, now) -> {
            if (!accept(tx, tenantId, userId, code, now)) {
                return new SecondFactorResult.WrongCode();
            }
            store.remove(tx, tenantId, userId);
            AuditLog.record(tx, AuditedAct.of("second-factor.removed", "user", userId));
            return new SecondFactorResult.Removed();
        });
    }

    private record Attempt(
            Optional<SecondFactorResult> refusal, @Nullable String passwordHash) {}

    /** Passwords are compared outside transactions: so the change is made only if the one that was compared is still kept. */
    private SecondFactorResult withPassword(
            UUID userId, String password, BiFunction<Transaction, Instant, SecondFactorResult> change) {
        UUID tenantId = RequestContext.currentTenant();
        Attempt attempt = database.inTransaction(tx -> new Attempt(
                refused(tx, tenantId, userId),
                users.findPasswordHash(tx, tenantId, userId).orElse(null)));
        if (attempt.refusal().isPresent()) {
            return attempt.refusal().get();
        }
        String kept = attempt.passwordHash();
        if (!passwords.matches(password, kept) || kept == null) {
            return new SecondFactorResult.WrongPassword();
        }
        return database.inTransaction(tx -> users.keepsPassword(tx, tenantId, userId, kept)
                ? settled(tx, tenantId, userId, change.apply(tx, clock.instant()))
                : new SecondFactorResult.WrongPassword());
    }

    /** Counts an attempt before password and code are looked at, and refuses it where too many were wrong. */
    private Optional<SecondFactorResult> refused(Transaction tx, UUID tenantId, UUID userId) {
        Instant now = clock.instant();
        if (attempts.claim(tx, tenantId, counter(userId), now) > 0) {
            return Optional.empty();
        }
        Instant lockedUntil = attempts.lockedUntil(tx, tenantId, counter(userId), now);
        return Optional.of(new SecondFactorResult.TooManyAttempts(Duration.between(now, lockedUntil)));
    }

    /** Forgets the attempts where all that was asked for was shown. */
    private SecondFactorResult settled(Transaction tx, UUID tenantId, UUID userId, SecondFactorResult result) {
        switch (result) {
            case SecondFactorResult.Begun _, SecondFactorResult.Confirmed _, SecondFactorResult.Removed _ ->
                attempts.forget(tx, tenantId, counter(userId));
            case SecondFactorResult.AlreadyActive _,
                    SecondFactorResult.WrongCode _,
                    SecondFactorResult.WrongPassword _,
                    SecondFactorResult.NoFactor _,
                    SecondFactorResult.TooManyAttempts _ -> {
                // It stays counted: whoever knows the password only must not guess codes for ever.
            }
        }
        return result;
    }

    private static String counter(UUID userId) {
        return SecretTexts.sha256("second factor of " + userId);
    }

    /** Whether the code of the app, or the recovery code, counts: it does once. The caller counts the attempts. */
    boolean accept(Transaction tx, UUID tenantId, UUID userId, String code, Instant now) {
        if (code.length() != Totp.DIGITS) {
            return store.useRecoveryCode(tx, tenantId, userId, hash(code));
        }
        OptionalLong step = store.find(tx, tenantId, userId)
                .map(kept -> Totp.matchingStep(secret(userId, kept.secretEncrypted()), code, now))
                .orElseGet(OptionalLong::empty);
        return step.isPresent() && store.useStep(tx, tenantId, userId, step.getAsLong());
    }

    private byte[] secret(UUID userId, String encrypted) {
        return Base64.getDecoder().decode(encryption.decrypt(userId, encrypted).getBytes(StandardCharsets.US_ASCII));
    }

    /** Four groups of four letters. */
    private String recoveryCode() {
        byte[] bytes = new byte[RECOVERY_CODE_BYTES];
        random.nextBytes(bytes);
        return String.join("-", Totp.base32(bytes).split("(?<=\\G.{4})"));
    }

    private static String hash(String recoveryCode) {
        return SecretTexts.sha256(recoveryCode.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT));
    }
}
