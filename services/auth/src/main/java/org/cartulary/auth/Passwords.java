package org.cartulary.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id (RFC 9106) as strings in PHC format. A hash takes 19 MiB and tens of milliseconds, on
 * purpose: so only as many are made at a time as there are processors. To be called outside transactions. Thread-safe.
 */
final class Passwords {

    private static final int MEMORY_KIBIBYTES = 19 * 1024;
    private static final int ITERATIONS = 2;
    private static final int PARALLELISM = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MAX_WAIT_SECONDS = 10;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore permits =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
    /** The hash of a password that nobody knows: checking against it takes as long as checking against a real one. */
    private final String hashOfNobody;

    Passwords() {
        byte[] unknown = new byte[HASH_BYTES];
        random.nextBytes(unknown);
        hashOfNobody = hash(Base64.getEncoder().encodeToString(unknown));
    }

    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = argon2id(password, salt, MEMORY_KIBIBYTES, ITERATIONS, PARALLELISM, HASH_BYTES);
        return "$argon2id$v=19$m=" + MEMORY_KIBIBYTES + ",t=" + ITERATIONS + ",p=" + PARALLELISM + "$" + encoded(salt)
                + "$" + encoded(hash);
    }

    /**
     * Whether the password is the one of the hash.
     *
     * @param phc the stored hash; {@code null} where there is no such account, which takes as long and is never right
     */
    boolean matches(String password, @Nullable String phc) {
        Matcher parts = PHC.matcher(phc == null ? hashOfNobody : phc);
        if (!parts.matches()) {
            throw new IllegalStateException("a stored password hash is not in the format of this service");
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] actual = argon2id(
                password,
                salt,
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual) && phc != null;
    }

    /** Whether a hash that the password matches should be replaced, since hashes of today cost more to try. */
    boolean isWeakerThanToday(String phc) {
        Matcher parts = PHC.matcher(phc);
        return !parts.matches()
                || Integer.parseInt(parts.group(1)) < MEMORY_KIBIBYTES
                || Integer.parseInt(parts.group(2)) < ITERATIONS
                || Base64.getDecoder().decode(parts.group(5)).length < HASH_BYTES;
    }

    private byte[] argon2id(
            String password, byte[] salt, int memoryKibibytes, int iterations, int parallelism, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKibibytes)
                .withIterations(iterations)
                .withParallelism(parallelism)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        takePermit();
        try {
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            permits.release();
        }
        return hash;
    }

    private void takePermit() {
        try {
            if (permits.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.unavailable(
                "busy", "too many passwords are being checked: try again", Duration.ofSeconds(MAX_WAIT_SECONDS));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
