package org.cartulary.tests.simulation;

import java.util.Map;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Patience;
import org.jspecify.annotations.Nullable;

/** Somebody who buys in a district, and what they remember of it. For one thread. */
final class Person {

    private static final String PASSWORD = "correct horse battery";

    private final String email;
    private final boolean customer;
    final Truth.Cart cart = new Truth.Cart();
    private HttpShop shop;
    private @Nullable Completion last;

    /** A completion as it was asked for, and what it was answered. */
    record Completion(String path, String key, Map<String, Object> payment, int status, String orderId) {}

    private Person(String email, boolean customer, HttpShop shop) {
        this.email = email;
        this.customer = customer;
        this.shop = shop;
    }

    static Person guest(HttpShop visitor) {
        Buyer guest = Buyer.guest(visitor);
        return new Person(guest.email(), false, guest.shop());
    }

    static Person customer(HttpShop visitor) {
        Buyer customer = Buyer.customer(visitor);
        return new Person(customer.email(), true, customer.shop());
    }

    /** Signs in again, since access tokens live for minutes only. */
    void renew(HttpShop visitor) {
        if (customer) {
            shop = visitor.bearing(Patience.answer(
                            () -> visitor.post("/api/v1/store/sessions", Map.of("email", email, "password", PASSWORD)))
                    .expect(201)
                    .path("accessToken")
                    .asString());
        }
    }

    Buyer buyer() {
        return new Buyer(shop, email);
    }

    HttpShop shop() {
        return shop;
    }

    @Nullable Completion last() {
        return last;
    }

    void remember(Completion completion) {
        last = completion;
    }
}
