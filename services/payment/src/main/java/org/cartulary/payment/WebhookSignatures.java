package org.cartulary.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of webhooks as in Standard Webhooks: HMAC-SHA256 of id, timestamp and body. Each shop has a secret of its own with
 * each provider, derived from the installation's: a message that is signed with it is meant for this shop, whatever it says.
 * Thread-safe.
 */
final class WebhookSignatures {

    /** How far a message's timestamp may be from now, either way. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1,";
    private static final int MAX_SIGNATURES = 10;

    private final byte[] root;
    private final Clock clock;

    WebhookSignatures(String root, Clock clock) {
        this.root = root.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /** The secret as a provider is told it. */
    String secret(String provider, UUID tenantId) {
        return "whsec_" + Base64.getEncoder().encodeToString(key(provider, tenantId));
    }

    String sign(String provider, UUID tenantId, String id, long timestamp, String body) {
        return VERSION + Base64.getEncoder().encodeToString(mac(provider, tenantId, id, timestamp, body));
    }

    /** Whether one of the signatures, separated by spaces, is the shop's, and the message is not old. */
    boolean verify(String provider, UUID tenantId, String id, String timestamp, String signatures, String body) {
        if (!timestamp.matches("\\d{1,12}")) {
            return false;
        }
        long seconds = Long.parseLong(timestamp);
        if (Math.abs(clock.instant().getEpochSecond() - seconds) > TOLERANCE.toSeconds()) {
            return false;
        }
        byte[] expected = sign(provider, tenantId, id, seconds, body).getBytes(StandardCharsets.UTF_8);
        boolean isSigned = false;
        for (String signature : signatures.split(" ", MAX_SIGNATURES)) {
            isSigned |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        }
        return isSigned;
    }

    private byte[] mac(String provider, UUID tenantId, String id, long timestamp, String body) {
        Mac mac = hmac(key(provider, tenantId));
        mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        return mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] key(String provider, UUID tenantId) {
        return hmac(root).doFinal(("payment-webhook:" + provider + ":" + tenantId).getBytes(StandardCharsets.UTF_8));
    }

    private static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
