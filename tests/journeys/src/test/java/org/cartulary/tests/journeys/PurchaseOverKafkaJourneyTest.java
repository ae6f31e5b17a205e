package org.cartulary.tests.journeys;

import java.util.Map;
import org.cartulary.tests.support.Installation;

/** All services in one process, and their events over Kafka. */
final class PurchaseOverKafkaJourneyTest extends KafkaPurchaseJourney {

    @Override
    Installation start(Map<String, String> properties) {
        return Installation.inOneProcess(properties);
    }
}
