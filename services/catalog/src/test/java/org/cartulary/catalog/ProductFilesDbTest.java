package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Files of products: what is written is read back as it was, and whatever else somebody sends is refused by its line. */
@Tag("CAT-01")
class ProductFilesDbTest {

    private static final String RICH = """
            {"sku": "SHIRT", "slug": "a-shirt", "name": "Shirt", "type": "configurable", "status": "draft", \
            "price": {"amount": "20.00", "currency": "GBP"}, "compareAtPrice": {"amount": "25.00", "currency": "GBP"}, \
            "cost": {"amount": "7.10", "currency": "GBP"}, "categorySlug": "clothes", "brandSlug": "loom", \
            "tags": ["a,b", "=c", "d\\"e"], "description": "Two\\r\\nlines, a \\"quote\\" and 🧵\\n", "shortDescription": "\\t- soft", \
            "taxCategory": "clothing", "weightKg": 0.250, "featured": true, \
            "dimensions": {"lengthCm": 30.50, "widthCm": 20, "heightCm": 2}, \
            "attributes": {"colour": ["red", "blue"], "grade": 1.10, "note": null, "deep": {"x": [12345678901234567890.123]}}, \
            "metadata": {"erp": "=1+1"}, "images": [{"url": "https://img.example/1", "altText": "Front", "primary": false}, \
            {"url": "https://img.example/2", "primary": true}], \
            "specifications": [{"name": "Fabric", "value": "=Cotton", "type": "text"}], \
            "options": [{"name": "size", "type": "text", "choices": ["S", "M"]}, {"name": "shade", "type": "colour", "choices": ["#000000"]}], \
            "variants": [{"sku": "SHIRT-M", "options": {"size": "M", "shade": "#000000"}, "price": {"amount": "21.00", "currency": "GBP"}, \
            "compareAtPrice": {"amount": "30.00", "currency": "GBP"}, "weightKg": 0.3, "status": "active"}, \
            {"sku": "SHIRT-S", "options": {"size": "S", "shade": "#000000"}, "status": "archived"}], \
            "prices": [{"price": {"amount": "2500", "currency": "JPY"}}, \
            {"variantSku": "SHIRT-M", "price": {"amount": "19.00", "currency": "GBP"}, "startsAt": "2030-01-01T00:00:00Z", \
            "endsAt": "2030-02-01T12:30:00.5Z"}]}
            """;

    private static TestDatabase catalog;

    private final ImportingShop shop = new ImportingShop(catalog);

    @BeforeAll
    static void createDatabase() {
        catalog = TestDatabase.create("catalog");
    }

    @AfterAll
    static void dropDatabase() {
        catalog.close();
    }

    private static ImportingShop furnished() {
        ImportingShop shop = new ImportingShop(catalog);
        shop.category("clothes");
        shop.in(() ->
                new MakerStore(catalog.database()).put(MakerStore.Kind.BRAND, "loom", new MakerDraft("Loom", null)));
        return shop;
    }

    private static String plain(String sku, String name) {
        return "{\"sku\": \"" + sku + "\", \"name\": \"" + name
                + "\", \"price\": {\"amount\": \"1.00\", \"currency\": \"GBP\"}}\n";
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void whatOneShopExportsAnEmptyOneImportsAndExportsAlike(FileFormat format) {
        ImportingShop from = furnished();
        String names = Stream.of("=1+1", "+49", "-5", "@name", "'=quoted", "'tis", "\uFF1D1", "plain", "''=", " =")
                .map(name -> plain("N" + name.hashCode(), name))
                .collect(Collectors.joining());
        String many =
                IntStream.range(0, 1_100).mapToObj(i -> plain("P" + i, "Mug")).collect(Collectors.joining());
        ImportView filled = from.imported(FileFormat.JSONL, RICH + names + plain("=cmd|x", "risky") + many);
        assertThat(from.errors(filled.id())).isEmpty();
        String exported = from.exported(format);
        ImportingShop empty = furnished();

        ImportView read = empty.imported(format, exported);

        assertThat(empty.errors(read.id())).isEmpty();
        assertThat(read.created()).isEqualTo(1 + 10 + 1 + 1_100);
        assertThat(empty.exported(format)).isEqualTo(exported);
        assertThat(empty.exported(FileFormat.JSONL)).isEqualTo(from.exported(FileFormat.JSONL));
        ImportView again = empty.imported(format, exported);
        assertThat(again.unchanged()).isEqualTo(read.lines());
    }

    @Test
    void noCellOfAFileLooksLikeAFormula() {
        shop.imported(FileFormat.JSONL, plain("=A1", "+49 30") + plain("-x", "@sum") + plain("B", "'=1"));

        assertThat(shop.exported(FileFormat.CSV).lines().skip(1))
                .hasSize(3)
                .noneMatch(line -> line.matches("(?s)(.*[,\"])?[=+@-].*"))
                .anyMatch(line -> line.contains("'+49 30"))
                .anyMatch(line -> line.contains("''=1"));
    }

    @Test
    void aFileMayBeWrittenByOthers() {
        String file =
                "\uFEFFname,sku,featured,price,weightKg\r\n\r\n\"Mug, \"\"blue\"\"\",M,TRUE,2.5,\r\n'tis,T,,3,0.5\r\n";

        ImportView view = shop.imported(FileFormat.CSV, file);

        assertThat(shop.errors(view.id())).isEmpty();
        assertThat(view.created()).isEqualTo(2);
        assertThat(shop.product("M").name()).isEqualTo("Mug, \"blue\"");
        assertThat(shop.product("M").featured()).isTrue();
        assertThat(shop.product("M").price()).isEqualTo(Drafts.pounds("2.50"));
        assertThat(shop.product("T").name()).isEqualTo("'tis");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLineOfUnknownFieldsIsRefusedInOnePass() {
        ObjectNode content = JsonMapper.shared().createObjectNode();
        IntStream.range(0, 400_000).forEach(i -> content.put("x" + i, i));

        CheckingLines.Checked checked =
                ImportingShop.checking().check(new ReadLine.Written(1, content, List.of()), "GBP");

        assertThat(checked)
                .isInstanceOfSatisfying(
                        CheckingLines.Checked.Wrong.class,
                        wrong -> assertThat(wrong.errors())
                                .hasSize(50)
                                .allMatch(error -> error.code().equals("unknown-field"))
                                .extracting(LineError::field)
                                .contains("x0", "x49"));
    }

    @Test
    void aLineThatWouldUnpackTooFarIsRefusedAndTheOthersAreRead() {
        String much = "[" + "0,".repeat(LineSource.MAX_TOKENS) + "0]";
        String some = "[" + "0,".repeat(LineSource.MAX_TOKENS / 2) + "0]";

        ImportView lines = shop.imported(
                FileFormat.JSONL,
                plain("A", "Mug").replace("}\n", ", \"attributes\": {\"a\": " + much + "}}\n")
                        + plain("B", "Mug").replace("}}\n", "}, \"attributes\": {\"a\": " + some + "}}\n"));
        ImportView cells = shop.imported(
                FileFormat.CSV, "sku,name,price,tags\nC,Mug,1,\"" + much + "\"\nD,Mug,1,\"[\"\"a\"\"]\"\n");

        assertThat(shop.errors(lines.id())).extracting(LineError::code).containsExactly("too-many-values");
        assertThat(lines.created()).isEqualTo(1);
        assertThat(shop.errors(cells.id()))
                .extracting(error -> error.line() + " " + error.field() + " " + error.code())
                .containsExactly("2 tags too-many-values");
        assertThat(cells.created()).isEqualTo(1);
    }

    @Test
    void eachFieldThatIsWrongIsNamedWithItsLine() {
        String header = Stream.of(Column.values()).map(Column::title).collect(Collectors.joining(","));
        String wrong = Stream.of(Column.values())
                .map(column -> switch (column) {
                    case SKU -> " ";
                    case NAME -> "x".repeat(501);
                    case SHORT_DESCRIPTION -> "x".repeat(1_001);
                    case DESCRIPTION -> "x".repeat(100_001);
                    case CURRENCY -> "GBP";
                    case SLUG -> "x".repeat(256);
                    case CATEGORY_SLUG, BRAND_SLUG, MANUFACTURER_SLUG -> "y".repeat(256);
                    default -> "?!";
                })
                .collect(Collectors.joining(","));

        ImportView view = shop.imported(FileFormat.CSV, header + "\n" + wrong + "\n");

        assertThat(shop.errors(view.id()))
                .allMatch(error -> error.line() == 2 && !error.detail().isBlank())
                .extracting(error -> error.field().replaceAll("/.*", ""))
                .containsAll(Stream.of(Column.values())
                        .filter(column -> column != Column.CURRENCY)
                        .map(Column::title)
                        .toList());
        assertThat(view.failed()).isEqualTo(1);
    }

    @Test
    void whatContradictsItselfIsRefused() {
        String shirt = RICH.replace("\"categorySlug\": \"clothes\", \"brandSlug\": \"loom\",", "");

        ImportView view = shop.imported(
                FileFormat.JSONL,
                shirt.replace("\"compareAtPrice\": {\"amount\": \"25.00\"", "\"compareAtPrice\": {\"amount\": \"5.00\"")
                        + shirt.replace("\"size\": \"M\", ", "")
                        + shirt.replace("\"GBP\"}, \"compareAt", "\"EUR\"}, \"compareAt")
                        + shirt.replace("a-shirt", "A Shirt")
                        + shirt.replace("\"options\": [", "\"unknown\": [")
                        + shirt.replace("1.10", "1e9999999"));

        assertThat(shop.errors(view.id()))
                .extracting(error -> error.line() + " " + error.code())
                .contains(
                        "1 compare-at-price-too-low",
                        "2 incomplete-variant",
                        "3 unsupported-currency",
                        "4 invalid-slug",
                        "5 unknown-field",
                        "6 invalid-value");
        assertThat(view.failed()).isEqualTo(6);
    }

    @Test
    void afterQuotesThatDoNotCloseNothingIsRead() {
        ImportView view = shop.imported(FileFormat.CSV, "sku,name,price\nA,Mug,1\nB,\"Mug,1\nC,Mug,1\n");

        assertThat(view.state()).isEqualTo("failed");
        assertThat(view.failure()).isEqualTo("invalid-csv");
        assertThat(List.of(view.created(), view.failed())).containsExactly(1L, 1L);
        assertThat(shop.errors(view.id())).extracting(LineError::line).containsExactly(3L);
    }

    @Test
    void aHeaderThatIsNoneEndsTheFileAtItsFirstLine() {
        for (String header :
                List.of("", "\n\n", "sku,name\nA,B\n", "sku,name,price,colour\n", "sku,sku,name,price\n", "\0\1")) {
            ImportView view = shop.imported(FileFormat.CSV, header);
            assertThat(view.state()).as(header).isEqualTo("failed");
            assertThat(shop.errors(view.id())).as(header).hasSize(1);
        }
    }

    @Test
    void linesInOtherEncodingsAreRefusedAndOthersAreNot() {
        ImportView view = shop.imported(
                FileFormat.CSV, "sku,name,price\nA,Caf\u00e9,1\nB,Mug,1\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(view.created()).isEqualTo(1);
        assertThat(shop.errors(view.id()))
                .extracting(error -> error.line() + " " + error.field() + " " + error.code())
                .containsExactly("2 name not-utf-8");
        ImportView json =
                shop.imported(FileFormat.JSONL, plain("C", "Caf\u00e9").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(shop.errors(json.id())).extracting(LineError::code).containsExactly("not-utf-8");
    }

    @Test
    void aFileInUtf16IsToldThatItIs() {
        for (Charset charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            ImportView csv = shop.imported(FileFormat.CSV, "sku,name,price\nA,Mug,1\n".getBytes(charset));
            ImportView json =
                    shop.imported(FileFormat.JSONL, plain("C", "Mug").strip().getBytes(charset));

            assertThat(csv.state()).as(charset.name()).isEqualTo("failed");
            assertThat(shop.errors(csv.id())).extracting(LineError::code).containsExactly("not-utf-8");
            assertThat(shop.errors(json.id())).extracting(LineError::code).containsExactly("not-utf-8");
        }
    }

    @Test
    void whatIsOfAnotherKindIsSaidInWordsOfTheFile() {
        String line = "{\"sku\": \"A\", \"name\": {\"a\": 1}, \"price\": 1, \"tags\": 5, \"weightKg\": \"heavy\","
                + " \"featured\": \"maybe\", \"images\": [{\"url\": [7]}]}\n";

        ImportView view = shop.imported(FileFormat.JSONL, line);

        assertThat(shop.errors(view.id()))
                .noneMatch(error -> error.detail().matches("(?s).*(java|jackson|cartulary|`).*"))
                .extracting(error -> error.field() + " " + error.code() + ": " + error.detail())
                .containsExactlyInAnyOrder(
                        "name invalid-value: this has to be a text",
                        "price invalid-money: an amount of money is {\"amount\": \"12.99\", \"currency\": \"EUR\"}",
                        "tags invalid-value: this has to be an array",
                        "weightKg invalid-value: this has to be a number",
                        "featured invalid-value: this has to be true or false",
                        "images/0/url invalid-value: this has to be a text");
    }

    @Test
    void whatCannotBeKeptOrReadIsRefusedByItsField() {
        String odd = plain("A", "Mug");
        ImportView lines = shop.imported(
                FileFormat.JSONL,
                odd.replace("}}\n", "}, \"attributes\": {\"n\": [1, 1e300]}}\n")
                        + odd.replace("Mug", "M\\u0007ug")
                        + odd.replace("\"A\"", "\"\u200B\"")
                        + odd.replace("}}\n", "}, \"images\": [{\"url\": \"javascript:alert(1)\"}]}\n"));
        ImportView cells = shop.imported(FileFormat.CSV, "sku,name,price,metadata\nA,Mug,1,\"{\"\"n\"\":1e1000}\"\n");

        assertThat(shop.errors(lines.id()))
                .extracting(error -> error.line() + " " + error.field() + " " + error.code())
                .containsExactly(
                        "1 attributes/n/1 invalid-value",
                        "2 name legible",
                        "3 sku legible",
                        "4 images/0/url web-address");
        assertThat(shop.errors(cells.id()))
                .extracting(error -> error.line() + " " + error.field() + " " + error.code())
                .containsExactly("2 metadata/n invalid-value");
    }

    /** Files made of others by chance, and of nothing but chance; a seed that fails is named. */
    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void nonsenseIsRefusedByItsLine(FileFormat format) {
        ImportingShop from = furnished();
        from.imported(FileFormat.JSONL, RICH + plain("=1", "x") + plain("B", "y"));
        byte[] sane = from.exported(format).getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 150; seed++) {
            byte[] file = nonsense(new Random(seed), sane);
            long lines = 1
                    + new String(file, StandardCharsets.ISO_8859_1)
                            .chars()
                            .filter(c -> c == '\n' || c == '\r')
                            .count();
            ImportingShop other = furnished();

            ImportView view = other.imported(format, file);

            assertThat(view.state()).as("seed %d", seed).isIn("completed", "failed");
            assertThat(view.failure()).as("seed %d", seed).isNotEqualTo("internal-error");
            assertThat(other.errors(view.id()))
                    .as("seed %d", seed)
                    .allMatch(error -> error.line() >= 1 && error.line() <= lines)
                    .allMatch(
                            error -> !error.code().isBlank() && !error.detail().isBlank());
        }
    }

    private static byte[] nonsense(Random random, byte[] sane) {
        if (random.nextInt(5) == 0) {
            byte[] bytes = new byte[random.nextInt(5_000)];
            random.nextBytes(bytes);
            return bytes;
        }
        List<byte[]> odd = List.of(
                "\"".getBytes(StandardCharsets.UTF_8),
                "\"\"".getBytes(StandardCharsets.UTF_8),
                "\r\n".getBytes(StandardCharsets.UTF_8),
                "\r".getBytes(StandardCharsets.UTF_8),
                "\n".getBytes(StandardCharsets.UTF_8),
                ",".getBytes(StandardCharsets.UTF_8),
                "\uFEFF".getBytes(StandardCharsets.UTF_8),
                "\\u0000".getBytes(StandardCharsets.UTF_8),
                "\\ud800".getBytes(StandardCharsets.UTF_8),
                "[".repeat(2_000).getBytes(StandardCharsets.UTF_8),
                "9".repeat(200_000).getBytes(StandardCharsets.UTF_8),
                new byte[] {0},
                new byte[] {(byte) 0xC3},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                "1e99999".getBytes(StandardCharsets.UTF_8),
                "null".getBytes(StandardCharsets.UTF_8));
        var made = new ByteArrayOutputStream();
        double often = random.nextInt(1, 6) / (double) sane.length;
        for (byte one : sane) {
            double chance = random.nextDouble();
            if (chance < often) {
                made.writeBytes(odd.get(random.nextInt(odd.size())));
            }
            if (chance < often / 2 || chance > often) {
                made.write(one);
            }
        }
        return made.toByteArray();
    }
}
