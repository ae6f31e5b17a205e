package org.cartulary.platform.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * What a visitor without an account shows to find its cart and orders again: a random secret in the header
 * {@value #HEADER}. Thread-safe.
 */
public final class GuestTokens {

    /** The header that carries it. */
    public static final String HEADER = "Guest-Token";

    private static final int TOKEN_BYTES = 24;
    private static final int MIN_CHARACTERS = 20;
    private static final int MAX_CHARACTERS = 200;
    private static final SecureRandom RANDOM = new SecureRandom();

    private GuestTokens() {}

    /** A new token with 192 random bits. */
    public static String next() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The id of the guest who holds the token: a UUID version 8 made of the token's SHA-256 (RFC 9562, appendix B.2), so
     * that the token itself is kept nowhere.
     *
     * @throws ProblemException 400 {@code invalid-guest-token} unless it has from 20 to 200 characters
     */
    public static UUID idOf(String token) {
        if (token.length() < MIN_CHARACTERS || token.length() > MAX_CHARACTERS) {
            String detail = "a guest token has from " + MIN_CHARACTERS + " to " + MAX_CHARACTERS + " characters";
            throw ProblemException.badRequest("invalid-guest-token", detail).with(HEADER + ":", "out-of-range", detail);
        }
        ByteBuffer hash = ByteBuffer.wrap(sha256(token));
        long high = hash.getLong();
        long low = hash.getLong();
        return new UUID((high & ~0xF000L) | 0x8000L, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
