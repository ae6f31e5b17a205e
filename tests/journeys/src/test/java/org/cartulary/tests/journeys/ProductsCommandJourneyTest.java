package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.tests.support.Commands;
import org.cartulary.tests.support.Commands.Outcome;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files of products go in and out by the command line. */
@Tag("CAT-01")
@ExtendWith(SharedInstallation.class)
final class ProductsCommandJourneyTest {

    private static final String FILE = "sku,name,price\nC-1,Jug,3.00\nC-2,,4.00\nC-3,\"Pot, large\",5.00\n";

    private final Installation installation;

    @TempDir
    private Path folder;

    ProductsCommandJourneyTest(Installation installation) {
        this.installation = installation;
    }

    private Outcome products(String... arguments) {
        List<String> all = new ArrayList<>(List.of("products"));
        all.addAll(List.of(arguments));
        all.add("--data-dir=" + installation.dataDirectory());
        return Commands.run(all.toArray(String[]::new));
    }

    private String newShop() {
        String name = "files-" + UUID.randomUUID().toString().substring(0, 13);
        Outcome created = Commands.run("tenant", "create", name, "--data-dir=" + installation.dataDirectory());
        assertThat(created.status()).as(created.err()).isZero();
        return name;
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static void assertDone(Outcome outcome, int status, String words) {
        assertThat(outcome.out()).as(outcome.err()).contains(words);
        assertThat(outcome.status()).as(outcome.out()).isEqualTo(status);
    }

    @Test
    void whatWasImportedIsExportedAndImportedAgainElsewhere() throws IOException {
        String shop = "--tenant=" + newShop();
        String file = file("products.csv", FILE);

        Outcome tried = products("import", file, shop, "--dry-run");
        assertDone(tried, 1, "3 products read: 2 created, 0 changed, 0 unchanged, 1 refused. Nothing was written");
        Outcome imported = products("import", file, shop);
        assertDone(imported, 1, "3 products read: 2 created, 0 changed, 0 unchanged, 1 refused.");
        assertThat(imported.out()).contains("line 3: name: ");

        for (String name : List.of("out.csv", "out.jsonl")) {
            String exported = folder.resolve(name).toString();
            assertDone(products("export", exported, shop), 0, exported + ": ");
            assertThat(Files.readString(folder.resolve(name)))
                    .contains("C-1", "Pot, large")
                    .doesNotContain("C-2");
            assertDone(products("import", exported, shop), 0, "2 products read: 0 created, 0 changed, 2 unchanged");
        }
        assertDone(
                products("import", folder.resolve("out.jsonl").toString(), "--tenant=" + newShop()),
                0,
                "2 products read: 2 created, 0 changed, 0 unchanged, 0 refused.");
    }

    @Test
    void anImportThatWasBegunIsWaitedForAgain() throws IOException {
        String shop = newShop();
        products(
                "import",
                file(
                        "products.jsonl",
                        "{\"sku\":\"J-1\",\"name\":\"Jug\",\"price\":{\"amount\":\"3.00\",\"currency\":\"EUR\"}}\n"),
                "--tenant=" + shop);
        String id = idOfTheImport(shop);

        assertDone(products("import", "--resume=" + id, "--tenant=" + shop), 0, "1 products read: 1 created");
        Outcome unknown = products("import", "--resume=" + UUID.randomUUID(), "--tenant=" + shop);
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("404 product-import-not-found");
    }

    private String idOfTheImport(String shop) {
        String tenant = installation
                .operator()
                .get("/api/v1/admin/tenants?name=" + shop)
                .expect(200)
                .at("/items/0/id")
                .asString();
        String key = installation
                .operator()
                .post(
                        "/api/v1/admin/tenants/" + tenant + "/api-keys",
                        Map.of("name", "test", "permissions", List.of("catalog:bulk"), "expiresInHours", 1))
                .expect(201)
                .path("key")
                .asString();
        return installation
                .visitor()
                .bearing(key)
                .get("/api/v1/admin/product-imports")
                .expect(200)
                .at("/items/0/id")
                .asString();
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException {
        String file = file("products.csv", FILE);
        Outcome noFormat = products("export", folder.resolve("products.xls").toString());
        Outcome noFile = products("import", folder.resolve("missing.csv").toString());
        Outcome noFolder =
                products("export", folder.resolve("nowhere/products.csv").toString());
        Outcome noShop = products("export", file, "--tenant=nobody");

        assertThat(List.of(noFormat.status(), noFile.status(), noFolder.status(), noShop.status()))
                .containsOnly(1);
        assertThat(noFormat.err()).contains("end in .csv or .jsonl");
        assertThat(noFile.err()).contains("missing.csv does not exist");
        assertThat(noFolder.err()).contains("there is no folder", "nowhere to write to");
        assertThat(noShop.err()).contains("there is no tenant of the name nobody");
        assertThat(folder.resolve("products.csv")).hasContent(FILE);
        assertThat(products("import").status()).isEqualTo(2);
        assertThat(products("import", file, "--resume=" + UUID.randomUUID()).status())
                .isEqualTo(2);
        assertThat(Commands.run("products").out()).contains("export", "import");
    }
}
