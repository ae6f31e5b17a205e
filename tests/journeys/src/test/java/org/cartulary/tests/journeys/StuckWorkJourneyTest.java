package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Commands;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operators look for stuck work over HTTP and on the command line; nobody else does. */
@Tag("PLT-12")
@ExtendWith(SharedInstallation.class)
final class StuckWorkJourneyTest {

    private final Installation installation;

    StuckWorkJourneyTest(Installation installation) {
        this.installation = installation;
    }

    @Test
    void allServicesAnswerTheOperator() {
        var list = installation.operator().get("/api/v1/admin/stuck-work").expect(200);

        assertThat(list.path("items").isArray()).isTrue();
        assertThat(list.path("unavailable")).isEmpty();
        installation
                .operator()
                .get("/api/v1/admin/operator-actions?service=order")
                .expect(200);
    }

    @Test
    void aPurchaseWhoseOutcomeNobodyKnewAtFirstIsNotStuckForLong() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        Buyer.guest(installation.visitor()).buy(merchant.product("30.00", 3), 1, Buyer.card("tok_timeout"));

        String data = "--data-dir=" + installation.dataDirectory();
        Eventually.holds("nothing is stuck", Duration.ofMinutes(3), () -> {
            Commands.Outcome outcome = Commands.run("stuck-work", "list", "--service=checkout", data);
            assertThat(outcome.out()).as(outcome.err()).contains("stuck");
            return outcome.status() == 0 && outcome.out().contains("Nothing is stuck.");
        });
    }

    @Test
    void whatIsNotStuckCannotBeDecidedUpon() {
        Commands.Outcome outcome = Commands.run(
                "stuck-work",
                "skip",
                "order",
                "saga",
                UUID.randomUUID().toString(),
                "--reason=a try",
                "--data-dir=" + installation.dataDirectory());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("404 stuck-work-not-found");
        assertThat(Commands.run("stuck-work", "skip", "order", "saga", "x").status())
                .isEqualTo(2);
    }

    @Test
    void aShopsAdministratorIsNoOperator() {
        installation.merchant().shop().get("/api/v1/admin/stuck-work").expectProblem(403, "forbidden");
        installation
                .visitor()
                .post("/api/v1/admin/stuck-work/order/saga/" + UUID.randomUUID() + "/retries", Map.of("reason", "x"))
                .expectProblem(401, "unauthorized");
    }
}
