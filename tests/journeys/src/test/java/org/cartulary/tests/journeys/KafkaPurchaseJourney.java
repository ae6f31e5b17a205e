package org.cartulary.tests.journeys;

import java.util.Map;
import org.cartulary.app.EventSettings;
import org.cartulary.platform.testing.TestKafka;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The walk, and what follows it, with all events travelling over Kafka. */
@Tag("PLT-14")
@TestInstance(Lifecycle.PER_CLASS)
@HoldsThePlatform("starts processes and their broker")
abstract class KafkaPurchaseJourney extends PurchaseJourney {

    private Installation installation;

    /** The processes, all of which have these properties. */
    abstract Installation start(Map<String, String> properties);

    @BeforeAll
    void start() {
        installation =
                start(EventSettings.of("kafka", TestKafka.shared().bootstrap()).properties());
    }

    @AfterAll
    void stop() {
        if (installation != null) {
            installation.close();
        }
    }

    @Override
    final Installation installation() {
        return installation;
    }
}
