package org.cartulary.tests.journeys;

import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.cartulary.tests.support.Installation;

/** Inventory and payment in a second process: calls travel over HTTP, events over Kafka. */
final class PurchaseOverKafkaAcrossProcessesJourneyTest extends KafkaPurchaseJourney {

    @Override
    Installation start(Map<String, String> properties) {
        return Installation.inTwoProcesses(IntUnaryOperator.identity(), properties);
    }
}
