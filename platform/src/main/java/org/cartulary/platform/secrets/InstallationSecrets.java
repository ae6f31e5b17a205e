package org.cartulary.platform.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets that a process knows. Everything new is made with the first; what was made with another one is understood as
 * well, so that the secret of an installation can be changed while its processes run. Each has an id, by which it is
 * spoken of. Immutable.
 */
public final class InstallationSecrets {

    private static final int LEAST_CHARACTERS = 32;
    private static final int ID_BYTES = 8;
    private static final String ID_PURPOSE = "cartulary: which secret this is";
    private static final String HMAC = "HmacSHA256";

    private final List<String> all;

    private InstallationSecrets(List<String> all) {
        this.all = all;
    }

    /**
     * One secret and no other.
     *
     * @throws IllegalArgumentException if it has fewer than 32 characters
     */
    public static InstallationSecrets of(String secret) {
        return of(secret, List.of());
    }

    /**
     * One secret that is used, and others that are understood; one that is named twice counts once.
     *
     * @throws IllegalArgumentException if one has fewer than 32 characters
     */
    public static InstallationSecrets of(String secret, List<String> others) {
        SequencedSet<String> all = new LinkedHashSet<>();
        all.add(secret);
        all.addAll(others);
        all.forEach(InstallationSecrets::requireLong);
        return new InstallationSecrets(List.copyOf(all));
    }

    private static void requireLong(String secret) {
        if (secret.length() < LEAST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a secret of the installation is at least " + LEAST_CHARACTERS + " characters long");
        }
    }

    /** The one that is used. */
    public String first() {
        return all.getFirst();
    }

    /** All, the first of which is used and the others only understood. */
    public List<String> all() {
        return all;
    }

    /** What is made of each, in the order of {@link #all}. */
    public <T> List<T> each(Function<String, T> made) {
        return all.stream().map(made).toList();
    }

    /** The id of the one that is used. */
    public String firstId() {
        return idOf(first());
    }

    /** The ids of those that are only understood. */
    public List<String> otherIds() {
        return all.stream().skip(1).map(InstallationSecrets::idOf).toList();
    }

    /** The ids of all. */
    public List<String> ids() {
        return Stream.concat(Stream.of(firstId()), otherIds().stream()).toList();
    }

    /**
     * By which a secret is spoken of, in logs and records: 16 hexadecimal digits, from which nobody finds the secret.
     *
     * @param secret of any length
     */
    public static String idOf(String secret) {
        return HexFormat.of().formatHex(hmac(secret, ID_PURPOSE), 0, ID_BYTES);
    }

    /** The keys for the purpose, that of the first secret first, each as 64 hexadecimal digits; nobody finds another key or the secret from one. */
    public List<String> derive(String purpose) {
        return each(secret -> HexFormat.of().formatHex(hmac(secret, purpose)));
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }

    /** The ids only. */
    @Override
    public String toString() {
        return otherIds().isEmpty() ? firstId() : firstId() + " and understands " + String.join(", ", otherIds());
    }
}
