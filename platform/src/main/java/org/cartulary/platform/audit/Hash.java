package org.cartulary.platform.audit;

import java.util.HexFormat;

/**
 * A SHA-256.
 *
 * @param hex in lower-case hexadecimal
 */
record Hash(String hex) {

    /** What stands before the first entry of a chain. */
    static final Hash NONE = of(new byte[32]);

    static Hash of(byte[] bytes) {
        return new Hash(HexFormat.of().formatHex(bytes));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
