package org.cartulary.tests.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Patience;

/**
 * Somebody who stays signed in: an access token lives for a quarter of an hour, a simulation for as long as one likes, and each
 * signing in costs the platform as much as several purchases. Thread-safe.
 */
final class Session {

    private static final long USED_FOR_NANOS = Duration.ofMinutes(7).toNanos();

    private final Supplier<HttpShop> signIn;
    private HttpShop shop;
    private long sinceNanos;

    private Session(Supplier<HttpShop> signIn) {
        this.signIn = signIn;
        this.sinceNanos = System.nanoTime();
        this.shop = signIn.get();
    }

    /** Signs somebody in who has an account. */
    static Session of(HttpShop visitor, String email, String password) {
        Map<String, String> credentials = Map.of("email", email, "password", password);
        return new Session(
                () -> visitor.bearing(Patience.answer(() -> visitor.post("/api/v1/store/sessions", credentials))
                        .expect(201)
                        .path("accessToken")
                        .asString()));
    }

    /** The shop as they see it now; not for keeping. */
    synchronized HttpShop shop() {
        if (System.nanoTime() - sinceNanos > USED_FOR_NANOS) {
            shop = signIn.get();
            sinceNanos = System.nanoTime();
        }
        return shop;
    }
}
