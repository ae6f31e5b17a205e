package org.cartulary.tests.simulation;

import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.jspecify.annotations.Nullable;

/** Somebody who buys in a district, and what they remember of it. For one thread. */
final class Person {

    private static final String PASSWORD = "correct horse battery";

    private final String email;
    private final Supplier<HttpShop> shop;
    final Truth.Cart cart = new Truth.Cart();
    private @Nullable Completion last;

    /** A completion as it was asked for, and what it was answered. */
    record Completion(String path, String key, Map<String, Object> payment, int status, String orderId) {}

    private Person(String email, Supplier<HttpShop> shop) {
        this.email = email;
        this.shop = shop;
    }

    static Person guest(HttpShop visitor) {
        Buyer guest = Buyer.guest(visitor);
        return new Person(guest.email(), guest::shop);
    }

    static Person customer(HttpShop visitor) {
        String email = "ada-" + UUID.randomUUID() + "@customer.example";
        Buyer.openAccount(visitor, email, PASSWORD);
        Session session = Session.of(visitor, email, PASSWORD);
        return new Person(email, session::shop);
    }

    Buyer buyer() {
        return new Buyer(shop(), email);
    }

    HttpShop shop() {
        return shop.get();
    }

    @Nullable Completion last() {
        return last;
    }

    void remember(Completion completion) {
        last = completion;
    }
}
