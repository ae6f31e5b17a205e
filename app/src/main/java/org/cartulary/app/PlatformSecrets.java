package org.cartulary.app;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The one secret of an installation, and the keys derived from it, one for each purpose. Thread-safe. */
final class PlatformSecrets {

    private static final int LEAST_CHARACTERS = 32;

    private final String root;

    PlatformSecrets(String root) {
        if (root.length() < LEAST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the secret of the installation is at least " + LEAST_CHARACTERS + " characters long");
        }
        this.root = root;
    }

    String root() {
        return root;
    }

    /** A key for the purpose as 64 hexadecimal digits; from it neither the secret nor another key can be found. */
    String derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(root.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "PlatformSecrets";
    }
}
