package org.cartulary.tests.journeys;

import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The walk with inventory and payment in a second process: calls and events travel over HTTP. */
@Tag("PLT-14")
@TestInstance(Lifecycle.PER_CLASS)
@HoldsThePlatform("starts two processes")
final class PurchaseAcrossProcessesJourneyTest extends PurchaseJourney {

    private Installation installation;

    @BeforeAll
    void start() {
        installation = Installation.inTwoProcesses();
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
