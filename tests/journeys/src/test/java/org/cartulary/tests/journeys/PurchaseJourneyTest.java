package org.cartulary.tests.journeys;

import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.SharedInstallation;
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
