package org.cartulary.tests.journeys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What staff sends that is well formed and makes no sense is refused where it stands. */
@ExtendWith(SharedInstallation.class)
final class OddInputJourneyTest {

    private static final String PRODUCTS = "/api/v1/admin/products";

    private final Merchant merchant;
    private final HttpShop admin;

    OddInputJourneyTest(Installation installation) {
        this.merchant = installation.merchant();
        this.admin = merchant.shop();
    }

    private HttpShop.Answer created(Map<String, Object> more) {
        Map<String, Object> product = new HashMap<>();
        product.put("sku", "ODD-" + UUID.randomUUID());
        product.put("name", "Odd");
        product.put("price", Merchant.Money.euros("1.00"));
        product.putAll(more);
        return admin.postOnce(PRODUCTS, product);
    }

    @Test
    @Tag("CAT-01")
    void anAddressOfAPictureThatRunsOrLeadsNowhereIsRefused() {
        for (String url :
                List.of("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//evil", "http://a b/")) {
            created(Map.of("images", List.of(Map.of("url", url))))
                    .expectProblem(422, "invalid-request", "/images/0/url");
            admin.put("/api/v1/admin/categories/odd", Map.of("name", "Odd", "imageUrl", url))
                    .expectProblem(422, "invalid-request", "/imageUrl");
            admin.put("/api/v1/admin/brands/odd", Map.of("name", "Odd", "logoUrl", url))
                    .expectProblem(422, "invalid-request", "/logoUrl");
        }
        created(Map.of("images", List.of(Map.of("url", "https://img.example/1.png"))))
                .expect(201);
    }

    @Test
    @Tag("CAT-01")
    void whatNobodyCanReadIsNoNameAndNoSku() {
        created(Map.of("sku", "a\nb")).expectProblem(422, "invalid-request", "/sku");
        created(Map.of("sku", "\u200B")).expectProblem(422, "invalid-request", "/sku");
        created(Map.of("name", "a\u0007b")).expectProblem(422, "invalid-request", "/name");
    }

    @Test
    @Tag("CAT-01")
    void aNumberThatCouldNotBeReadAgainIsRefused() {
        for (String number : List.of("1e300", "1e1000")) {
            String product = """
                    {"sku": "ODD-%s", "name": "Odd", "price": {"amount": "1.00", "currency": "EUR"}, "metadata": {"n": %s}}
                    """.formatted(UUID.randomUUID(), number);
            admin.send(
                            "POST",
                            PRODUCTS,
                            product,
                            Map.of("Idempotency-Key", UUID.randomUUID().toString()))
                    .expectProblem(422, "invalid-request", "/metadata/n");
        }
    }

    @Test
    @Tag("INV-04")
    void aWarehouseHasANameThatCanBeReadAndIsOpenedByNoAdjustment() {
        String product = merchant.product("1.00", 1);
        for (String name : List.of(" ", "\u0007", "\u00A0", "\u200B")) {
            Map<String, Object> receipt = Map.of("productId", product, "quantity", 1, "reference", UUID.randomUUID());
            admin.post("/api/v1/admin/stock-receipts/batches", Map.of("receipts", List.of(receipt), "warehouse", name))
                    .expectProblem(422, "invalid-request", "/warehouse");
            adjusted(product, name).expectProblem(422, "invalid-request", "/warehouse");
            admin.postOnce("/api/v1/admin/warehouses", Map.of("name", name))
                    .expectProblem(422, "invalid-request", "/name");
        }
        adjusted(product, "nowhere-" + UUID.randomUUID()).expectProblem(404, "warehouse-not-found", "/warehouse");
    }

    private HttpShop.Answer adjusted(String product, String warehouse) {
        return admin.postOnce(
                "/api/v1/admin/stock-adjustments",
                Map.of("productId", product, "change", 1, "reasonCode", "FOUND", "warehouse", warehouse));
    }

    @Test
    @Tag("CAT-01")
    void aPictureIsWholeAndSentAsOne() throws IOException {
        String path = PRODUCTS + "/" + merchant.product("1.00", 0) + "/images";
        byte[] jpeg = jpeg();
        admin.upload(path, "text/html", jpeg).expectProblem(415, "unsupported-media-type");
        admin.upload(path, "image/jpeg", Arrays.copyOf(jpeg, jpeg.length * 9 / 10))
                .expectProblem(422, "unsupported-picture");
        admin.upload(path, "image/jpeg", jpeg).expect(201);
    }

    private static byte[] jpeg() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var picture = new java.awt.image.BufferedImage(64, 64, java.awt.image.BufferedImage.TYPE_INT_RGB);
        ImageIO.write(picture, "jpg", bytes);
        return bytes.toByteArray();
    }

    @Test
    @Tag("CAT-01")
    void aFileThatIsPackedIsNotTakenForOneThatIsNot() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("sku,name,price\nODD,Odd,1\n".getBytes(StandardCharsets.UTF_8));
        }
        admin.send(
                        "POST",
                        "/api/v1/admin/product-imports",
                        packed.toString(StandardCharsets.ISO_8859_1),
                        Map.of("Content-Type", "text/csv", "Content-Encoding", "gzip"))
                .expectProblem(415, "unsupported-media-type");
    }
}
