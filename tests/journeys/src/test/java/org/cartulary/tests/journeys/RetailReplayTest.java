package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cartulary.tests.support.Commands;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.RetailTenant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The commands import, replay and verify, on a dozen invoices with what makes the real file difficult. */
@ExtendWith(SharedInstallation.class)
final class RetailReplayTest {

    private static final int ORDERS = 9;

    private final Installation installation;

    RetailReplayTest(Installation installation) {
        this.installation = installation;
    }

    @BeforeAll
    static void nothingIsImportedYet(Installation installation) {
        boolean isImported = !installation
                .operator()
                .get("/api/v1/admin/tenants?name=online-retail")
                .expect(200)
                .path("items")
                .isEmpty();
        assumeFalse(isImported, "needs a platform into which nothing has been imported");
    }

    private Commands.Outcome command(String command, String file, String... options) {
        String path = Objects.requireNonNull(getClass().getResource("/retail/" + file))
                .getPath();
        List<String> words =
                new ArrayList<>(List.of(command, "online-retail", path, "--data-dir=" + installation.dataDirectory()));
        words.addAll(List.of(options));
        return Commands.run(words.toArray(String[]::new));
    }

    @Test
    @Tag("PLT-13")
    void importedShopIsReplayedToTheLastUnitOnce() {
        Commands.Outcome first = command("import", "sample.csv");
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("17 lines read: 13 sales, 4 cancellations", "7 created", "Imported.");

        Commands.Outcome second = command("import", "sample.csv");
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.out()).contains("Nothing has changed.").doesNotContain("created", "updated");

        Commands.Outcome replay = command("replay", "sample.csv");
        assertThat(replay.status()).as(replay.out() + replay.err()).isZero();
        assertThat(replay.out())
                .contains("The platform and the file agree.")
                .containsPattern("total +9 +13 +284 +485.93 +485.93 +0.00");
        RetailTenant tenant = RetailTenant.of(installation.operator(), installation.visitor());
        JsonNode months = tenant.months();
        assertThat(tenant.orders()).isEqualTo(ORDERS);

        Commands.Outcome again = command("replay", "sample.csv");
        assertThat(again.status()).as(again.out() + again.err()).isZero();
        assertThat(tenant.months()).isEqualTo(months);

        Commands.Outcome shorter = command("replay", "sample.csv", "--until=2010-12-03");
        assertThat(shorter.status()).as(shorter.out() + shorter.err()).isZero();

        assertThatEverythingIsSold(tenant);
        Commands.Outcome verify = Commands.run("verify", "--data-dir=" + installation.dataDirectory());
        assertThat(verify.status()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.out()).contains("All records agree.");
    }

    private static void assertThatEverythingIsSold(RetailTenant tenant) {
        tenant.products().forEach((stockCode, id) -> {
            // The other test imports stock codes that begin with 9, and sells nothing.
            if (!stockCode.startsWith("9") && !stockCode.equals("C2")) {
                JsonNode stock = tenant.stock(id);
                assertThat(stock).as(stockCode).hasSize(1);
                assertThat(stock.at("/0/available").asInt()).as(stockCode).isZero();
                assertThat(stock.at("/0/reserved").asInt()).as(stockCode).isZero();
                tenant.sellOne(id).expectProblem(409, "out-of-stock", "/lines/0");
            }
        });
        assertThat(tenant.orders()).isEqualTo(ORDERS);
    }

    @Test
    void cutAndWrongLinesAreListedAndTheRestIsImported() {
        Commands.Outcome outcome = command("import", "cut.csv");

        assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("2 bad", "Imported.")
                .containsPattern("line 9: the quantity \"many\" is not a whole number")
                .containsPattern("line 12: it has 3 fields instead of 8; was it cut\\?");
        RetailTenant tenant = RetailTenant.of(installation.operator(), installation.visitor());
        assertThat(tenant.products()).containsKeys("95123A", "91053", "92633", "94879", "92745", "C2");
    }
}
