package org.cartulary.tests.journeys;

import org.junit.jupiter.api.extension.ExtendWith;

/** The walk with all services in one process. */
@ExtendWith(SharedInstallation.class)
final class PurchaseJourneyTest extends PurchaseJourney {

    private final Installation installation;

    PurchaseJourneyTest(Installation installation) {
        this.installation = installation;
    }

    @Override
    Installation installation() {
        return installation;
    }
}
