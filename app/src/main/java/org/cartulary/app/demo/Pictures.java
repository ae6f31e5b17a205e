package org.cartulary.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.cartulary.app.client.ApiException;
import org.cartulary.app.demo.pictures.ProductPicture;
import tools.jackson.databind.JsonNode;

/** Draws the pictures that products lack, and sends them. */
final class Pictures {

    private static final Duration WAIT = Duration.ofMillis(300);
    private static final int ATTEMPTS = 200;

    private final DemoClient client;

    Pictures(DemoClient client) {
        this.client = client;
    }

    /**
     * Draws and sends them, several at a time.
     *
     * @param inShop the products of the shop, by sku
     * @param sent is told how many products have all their pictures, each time there is one more
     */
    void fill(List<DemoProduct> products, Map<String, JsonNode> inShop, IntConsumer sent) {
        AtomicInteger done = new AtomicInteger();
        Side.bySide(products, product -> {
            JsonNode there = inShop.get(product.sku());
            if (there != null) {
                send(product, there.path("id").asString(), there.path("images").size());
            }
            sent.accept(done.incrementAndGet());
        });
    }

    private void send(DemoProduct product, String id, int present) {
        List<ProductPicture> pictures = product.pictures();
        for (int number = present; number < pictures.size(); number++) {
            String words = number == 0 ? product.name() : product.name() + ", from near";
            String path = "/api/v1/admin/products/" + id + "/images?primary=" + (number == 0) + "&altText="
                    + URLEncoder.encode(words, StandardCharsets.UTF_8);
            upload(path, pictures.get(number).jpeg());
        }
    }

    private void upload(String path, byte[] picture) {
        try {
            Path file = Files.createTempFile("cartulary-demo-", ".jpg");
            try {
                Files.write(file, picture);
                uploadPatiently(path, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a picture could not be kept in the folder for temporary files", e);
        }
    }

    /** The platform unpacks one picture at a time and sends away whoever would wait for long. */
    private void uploadPatiently(String path, Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                client.shop().upload(path, "image/jpeg", file);
                return;
            } catch (ApiException e) {
                if (e.status() != 503 || attempt == ATTEMPTS) {
                    throw e;
                }
                Side.pause(WAIT);
            }
        }
    }
}
