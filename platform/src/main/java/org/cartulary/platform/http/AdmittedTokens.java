package org.cartulary.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/**
 * Tokens and keys that have admitted somebody lately, as hashes: who shows one of them is looked at even where others have used up
 * what is left of the address. Whether it still admits anybody is decided anew each time. Thread-safe.
 */
final class AdmittedTokens {

    /** As long as an access token is good, whose holder shall not be kept from buying by a neighbour. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(15);

    private static final int MAX_TOKENS = 100_000;

    private final Cache<ByteBuffer, Boolean> hashes = Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfterWrite(KEPT_FOR)
            .build();

    void keep(String token) {
        hashes.put(hash(token), true);
    }

    boolean contains(String token) {
        return hashes.getIfPresent(hash(token)) != null;
    }

    void forget(String token) {
        hashes.invalidate(hash(token));
    }

    private static ByteBuffer hash(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
