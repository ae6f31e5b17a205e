package org.cartulary.auth;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One-time passwords by time (RFC 6238) as authenticator apps know them: six digits, HMAC-SHA-1, steps of 30 seconds. */
final class Totp {

    static final Duration STEP = Duration.ofSeconds(30);
    static final int DIGITS = 6;

    private static final int MODULUS = 1_000_000;
    /** As long as the hash, as RFC 4226 recommends. */
    private static final int SECRET_BYTES = 20;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS_OF_A_LETTER = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    static byte[] newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    static long step(Instant time) {
        return time.getEpochSecond() / STEP.toSeconds();
    }

    static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            ByteBuffer hash = ByteBuffer.wrap(
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array()));
            int offset = hash.get(hash.limit() - 1) & 0xf;
            return String.format("%0" + DIGITS + "d", (hash.getInt(offset) & Integer.MAX_VALUE) % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    /** The step that the code is of: this one, the one before or the one after, since clocks differ and people are slow. */
    static OptionalLong matchingStep(byte[] secret, String code, Instant now) {
        OptionalLong matching = OptionalLong.empty();
        for (long step = step(now) - 1; step <= step(now) + 1; step++) {
            if (MessageDigest.isEqual(
                    code(secret, step).getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8))) {
                matching = OptionalLong.of(step);
            }
        }
        return matching;
    }

    /** The bytes in Base32 (RFC 4648) without padding, as people type them into apps. */
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int waiting = 0;
        for (byte next : bytes) {
            bits = (bits << Byte.SIZE) | (next & 0xff);
            waiting += Byte.SIZE;
            while (waiting >= BITS_OF_A_LETTER) {
                waiting -= BITS_OF_A_LETTER;
                text.append(ALPHABET.charAt((bits >> waiting) & 0x1f));
            }
        }
        if (waiting > 0) {
            text.append(ALPHABET.charAt((bits << (BITS_OF_A_LETTER - waiting)) & 0x1f));
        }
        return text.toString();
    }

    /** What an app reads from a QR code. */
    static String uri(String account, byte[] secret) {
        return "otpauth://totp/Cartulary:"
                + URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20")
                + "?secret=" + base32(secret) + "&issuer=Cartulary&digits=" + DIGITS + "&period=" + STEP.toSeconds();
    }
}
