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
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;

/**
 * Codes of an authenticator app that people show beside their password. Secrets are encrypted, each code counts once, and recovery
 * codes are kept as hashes. Thread-safe.
 */
final class SecondFactors {

    static final int RECOVERY_CODES = 10;
    /** 80 bits, so that a hash without salt tells nothing. */
    private static final int RECOVERY_CODE_BYTES = 10;

    private final Database database;
    private final KeyEncryption encryption;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final SecondFactorStore store = new SecondFactorStore();
    private final LoginAttemptStore attempts = new LoginAttemptStore();

    SecondFactors(Database database, KeyEncryption encryption, Clock clock) {
        this.database = database;
        this.encryption = encryption;
        this.clock = clock;
    }

    /** The key under which the secrets are kept, derived from the installation's secret. */
    static KeyEncryption encryption(String secret) {
        return new KeyEncryption(secret, "cartulary second factors");
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

    /** A new secret, which counts once a code of it is shown; nothing if the user has a factor. */
    Optional<byte[]> begin(UUID userId) {
        UUID tenantId = RequestContext.currentTenant();
        byte[] secret = Totp.newSecret();
        String encrypted = encryption.encrypt(userId, Base64.getEncoder().encodeToString(secret));
        return database.inTransaction(tx -> store.begin(tx, tenantId, userId, encrypted, clock.instant()))
                ? Optional.of(secret)
                : Optional.empty();
    }

    /** Has the factor asked from now on, since its user has shown a code of it. */
    SecondFactorResult confirm(UUID userId, String code) {
        UUID tenantId = RequestContext.currentTenant();
        return counted(userId, (tx, now) -> {
            Optional<SecondFactorStore.Kept> kept =
                    store.find(tx, tenantId, userId).filter(factor -> !factor.confirmed());
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
                    tx,
                    tenantId,
                    userId,
                    codes.stream().map(SecondFactors::hash).toList(),
                    now);
            return new SecondFactorResult.Confirmed(codes);
        });
    }

    /** Has the factor asked no more, since its user has shown a code of it. */
    SecondFactorResult remove(UUID userId, String code) {
        UUID tenantId = RequestContext.currentTenant();
        return counted(userId, (tx, now) -> {
            if (!accept(tx, tenantId, userId, code, now)) {
                return new SecondFactorResult.WrongCode();
            }
            store.remove(tx, tenantId, userId);
            return new SecondFactorResult.Removed();
        });
    }

    /** Counts the attempt before the code is looked at, and forgets it when it was right. */
    private SecondFactorResult counted(UUID userId, BiFunction<Transaction, Instant, SecondFactorResult> change) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        String counter = SecretTexts.sha256("second factor of " + userId);
        return database.inTransaction(tx -> {
            if (attempts.claim(tx, tenantId, counter, now) == 0) {
                return new SecondFactorResult.TooManyAttempts(
                        Duration.between(now, attempts.lockedUntil(tx, tenantId, counter, now)));
            }
            SecondFactorResult result = change.apply(tx, now);
            switch (result) {
                case SecondFactorResult.Confirmed _, SecondFactorResult.Removed _ ->
                    attempts.forget(tx, tenantId, counter);
                case SecondFactorResult.WrongCode _,
                        SecondFactorResult.NoFactor _,
                        SecondFactorResult.TooManyAttempts _ -> {
                    // The attempt stays counted.
                }
            }
            return result;
        });
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
