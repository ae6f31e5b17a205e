package org.cartulary.tests.journeys;

import org.cartulary.app.CartSettings;
import org.cartulary.platform.testing.TestRedis;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The walk with all services in one process, and their carts in Redis. */
@Tag("CRT-02")
@TestInstance(Lifecycle.PER_CLASS)
@HoldsThePlatform("starts a process and its Redis")
final class PurchaseWithCartsInRedisJourneyTest extends PurchaseJourney {

    private Installation installation;

    @BeforeAll
    void start() {
        installation = Installation.inOneProcess(
                CartSettings.of(TestRedis.shared().url()).properties());
    }

    @AfterAll
    void stop() {
        if (installation != null) {
            installation.close();
        }
    }

    @Override
    Installation installation() {
        return installation;
    }
}
