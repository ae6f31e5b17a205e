package org.cartulary.platform.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What names a file: the SHA-256 of its content.
 *
 * @param hex 64 small hexadecimal digits
 */
public record ContentHash(String hex) {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public ContentHash {
        if (!SHA_256.matcher(hex).matches()) {
            throw new IllegalArgumentException("a hash has 64 small hexadecimal digits, not \"" + hex + "\"");
        }
    }

    /** The hash of the content. */
    public static ContentHash of(byte[] content) {
        try {
            return new ContentHash(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
