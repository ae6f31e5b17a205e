package org.cartulary.cart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The scripts of {@code redis/cart}, each of which Redis runs as a whole. */
enum CartScript {
    ADD_ITEM_TO_CART,
    UPDATE_ITEM_QUANTITY,
    REMOVE_ITEM_FROM_CART,
    USE_COUPON,
    MERGE_CARTS,
    SAVE_ITEM,
    RESTORE_ITEM,
    REMOVE_SAVED_ITEM,
    MERGE_SAVED_ITEMS,
    CONVERT_CART,
    CLEANUP_EXPIRED_CARTS,
    ERASE_CARTS,
    UNLOCK_OWNER,
    CHECK_CARTS,
    CHECK_SAVED_ITEMS;

    private final String text;
    private final String sha1;

    CartScript() {
        this.text = read("prelude") + read(name().toLowerCase(Locale.ROOT));
        this.sha1 = sha1(text);
    }

    /** What Redis is to run. */
    String text() {
        return text;
    }

    /** Under which name Redis keeps it once it has run it. */
    String sha1() {
        return sha1;
    }

    private static String read(String name) {
        try (InputStream script = CartScript.class.getResourceAsStream("/redis/cart/" + name + ".lua")) {
            if (script == null) {
                throw new IllegalStateException("there is no script " + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
