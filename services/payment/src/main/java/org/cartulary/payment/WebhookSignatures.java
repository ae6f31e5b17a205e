package org.cartulary.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cartulary.platform.secrets.InstallationSecrets;

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

    /** The first one is used, the others are understood. */
    private final List<byte[]> roots;

    private final Clock clock;

    WebhookSignatures(InstallationSecrets secrets, Clock clock) {
        this.roots = secrets.each(secret -> secret.getBytes(StandardCharsets.UTF_8));
        this.clock = clock;
    }

    /** The secret as a provider is told it: one that it was told before the installation's secret was changed is taken as well. */
    String secret(String provider, UUID tenantId) {
        return "whsec_" + Base64.getEncoder().encodeToString(key(roots.getFirst(), provider, tenantId));
    }

    String sign(String provider, UUID tenantId, String id, long timestamp, String body) {
        return sign(roots.getFirst(), provider, tenantId, new Signed(id, timestamp, body));
    }

    /** What is signed of a message. */
    private record Signed(String id, long timestamp, String body) {}

    private static String sign(byte[] root, String provider, UUID tenantId, Signed message) {
        Mac mac = hmac(key(root, provider, tenantId));
        mac.update((message.id() + "." + message.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
        return VERSION
                + Base64.getEncoder().encodeToString(mac.doFinal(message.body().getBytes(StandardCharsets.UTF_8)));
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
        List<byte[]> expected = roots.stream()
                .map(root -> sign(root, provider, tenantId, new Signed(id, seconds, body)))
                .map(signature -> signature.getBytes(StandardCharsets.UTF_8))
                .toList();
        boolean isSigned = false;
        for (String signature : signatures.split(" ", MAX_SIGNATURES)) {
            byte[] shown = signature.getBytes(StandardCharsets.UTF_8);
            for (byte[] one : expected) {
                isSigned |= MessageDigest.isEqual(one, shown);
            }
        }
        return isSigned;
    }

    private static byte[] key(byte[] root, String provider, UUID tenantId) {
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
