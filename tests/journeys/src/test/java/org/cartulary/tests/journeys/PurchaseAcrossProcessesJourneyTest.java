package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** The walk with inventory and payment in a second process: calls and events travel over HTTP. */
@Tag("PLT-14")
@TestInstance(Lifecycle.PER_CLASS)
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

    @Test
    void recordsOfBothProcessesAgree() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        Buyer.guest(installation.visitor())
                .buy(merchant.product("30.00", 3), 2, Buyer.CARD)
                .expect(201);

        JsonNode report = installation
                .operator()
                .post("/api/v1/admin/reconciliations", Map.of())
                .expect(200);

        assertThat(report.path("ok").asBoolean()).as(report.toPrettyString()).isTrue();
    }
}
