package org.cartulary.platform.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** From which the key of each blind index of each tenant is derived, ready for use in this process. Thread-safe. */
final class IndexRoot {

    private static final int KEY_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec root;

    /**
     * The root of these bytes.
     *
     * @param bytes a pseudo-random key in the sense of HKDF, 32 bytes
     */
    IndexRoot(byte[] bytes) {
        root = new SecretKeySpec(bytes, HMAC);
    }

    /** HMAC-SHA-256 of the text under the tenant's own key for the purpose, in lower-case hexadecimal. */
    String index(UUID tenantId, String purpose, String text) {
        return HexFormat.of().formatHex(hmac(tenantId, purpose, text));
    }

    byte[] hmac(UUID tenantId, String purpose, String text) {
        try {
            byte[] info = ("cartulary privacy: " + purpose + " of " + tenantId).getBytes(StandardCharsets.UTF_8);
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(
                    KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.expandOnly(root, info, KEY_BYTES)),
                    HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HKDF-SHA256 and " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "IndexRoot";
    }
}
