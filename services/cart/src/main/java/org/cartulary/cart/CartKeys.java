package org.cartulary.cart;

import java.util.UUID;

/**
 * The names of what Redis keeps of a shop. All carry the shop's id as their hash tag: one script may change several of them, also
 * where keys are spread over the slots of a cluster. The scripts make the same names.
 */
record CartKeys(UUID tenant) {

    /** All shops that have carts. */
    static final String SHOPS = "cart:shops";

    /** Of carts in a scan over all shops; other names have a word before the tag. */
    static final String ALL_CARTS = "cart:{*}:*";

    /** What is saved for later, in a scan over all shops. */
    static final String ALL_SAVED = "cart:saved:{*}:*";

    /** The part that all names share. */
    String shop() {
        return "cart:{" + tenant + "}";
    }

    String cart(Object id) {
        return shop() + ":" + id;
    }

    String cartsOf(CartOwner owner) {
        return of("ids", owner);
    }

    String lock(CartOwner owner) {
        return of("lock", owner);
    }

    String metrics(CartOwner owner, Object date) {
        return of("metrics", owner) + ":" + date;
    }

    /** @param request a fingerprint of the request */
    String answer(CartOwner owner, String request) {
        return of("answer", owner) + ":" + request;
    }

    /** What the owner has saved for later. */
    String saved(CartOwner owner) {
        return of("saved", owner);
    }

    String abandoned() {
        return "cart:abandoned:{" + tenant + "}";
    }

    private String of(String kind, CartOwner owner) {
        return "cart:" + kind + ":{" + tenant + "}:" + name(owner);
    }

    /** How the scripts name an owner. */
    static String name(CartOwner owner) {
        return owner.customerId() == null ? "guest:" + owner.guestId() : "customer:" + owner.customerId();
    }

    /** The owner of that name. */
    static CartOwner owner(String name) {
        UUID id = UUID.fromString(name.substring(name.indexOf(':') + 1));
        return name.startsWith("customer:") ? new CartOwner(id, null) : new CartOwner(null, id);
    }

    /** The shop of a cart's name. */
    static CartKeys ofCart(String key) {
        return new CartKeys(UUID.fromString(key.substring(key.indexOf('{') + 1, key.indexOf('}'))));
    }

    /** The name of the owner in the name of what is saved. */
    static String ownerOf(String key) {
        return key.substring(key.indexOf("}:") + 2);
    }

    /** The id in a cart's name. */
    static String idOf(String key) {
        return key.substring(key.lastIndexOf(':') + 1);
    }
}
