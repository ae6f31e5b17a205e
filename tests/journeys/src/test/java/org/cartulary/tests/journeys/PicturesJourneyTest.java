package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Pictures are sent by the shop and by vendors, and seen by everybody. */
@Tag("CAT-01")
@ExtendWith(SharedInstallation.class)
final class PicturesJourneyTest {

    private static final int MORE_THAN_OTHER_BODIES = 5 * 1024 * 1024;
    private static final int MORE_THAN_A_PICTURE = 10 * 1024 * 1024 + 1;

    private final Installation installation;
    private final Merchant merchant;
    private final HttpShop visitor;

    PicturesJourneyTest(Installation installation) {
        this.installation = installation;
        this.merchant = installation.merchant();
        this.visitor = installation.visitor();
    }

    private static byte[] jpeg(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg", bytes);
        return bytes.toByteArray();
    }

    private static String images(String product) {
        return "/api/v1/admin/products/" + product + "/images";
    }

    @Test
    void aPictureIsSentOnceAndSeenInEachSize() throws IOException {
        String product = merchant.product("10.00", 5);
        JsonNode sent = merchant.shop()
                .upload(images(product) + "?altText=A%20mug", "image/jpeg", jpeg(1000, 500))
                .expect(201);
        JsonNode again = merchant.shop()
                .upload(images(product), "image/jpeg", jpeg(1000, 500))
                .expect(201);
        assertThat(again.path("url")).isEqualTo(sent.path("url"));

        JsonNode image =
                visitor.get("/api/v1/store/products/" + product).expect(200).path("images");
        assertThat(image).hasSize(1);
        assertThat(image.at("/0/altText").asString()).isEqualTo("A mug");
        assertThat(image.at("/0/primary").asBoolean()).isTrue();
        assertThat(image.at("/0/width").asInt()).isEqualTo(800);
        for (JsonNode size : image.at("/0/sizes")) {
            BufferedImage seen = ImageIO.read(
                    new ByteArrayInputStream(visitor.download(size.path("url").asString())));
            assertThat(seen.getWidth()).isEqualTo(size.path("width").asInt());
            assertThat(seen.getHeight()).isEqualTo(size.path("height").asInt());
        }
        String url = image.at("/0/url").asString();
        HttpShop.Answer first = visitor.get(url);
        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable", "max-age=31536000");
        assertThat(first.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(visitor.send("GET", url, null, Map.of("If-None-Match", tag)).status())
                .isEqualTo(304);
        Buyer guest = Buyer.guest(visitor);
        String cart = guest.cart(product, 1);
        assertThat(guest.shop()
                        .get("/api/v1/store/carts/" + cart)
                        .expect(200)
                        .at("/lines/0/imageUrl")
                        .asString())
                .isEqualTo(url);
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    @Test
    void whatIsNoPictureOrTooLargeIsRefusedAndOtherBodiesStaySmall() {
        String path = images(merchant.product("10.00", 5));
        HttpShop shop = merchant.shop();
        shop.upload(path, "image/png", "<svg/>".getBytes(StandardCharsets.UTF_8))
                .expectProblem(422, "unsupported-picture");
        shop.upload(path, "image/png", new byte[MORE_THAN_OTHER_BODIES]).expectProblem(422, "unsupported-picture");
        shop.upload(path, "image/png", new byte[MORE_THAN_A_PICTURE]).expectProblem(413, "request-too-large");
        shop.upload(path, "application/octet-stream", new byte[MORE_THAN_OTHER_BODIES])
                .expectProblem(413, "request-too-large");
        visitor.get("/api/v1/store/images/" + UUID.randomUUID() + "/800").expectProblem(404, "image-not-found");
    }

    @Test
    void aPictureOfOneShopIsNotSeenInAnother() throws IOException {
        Installation other = installation.withShopOfItsOwn();
        String url = merchant.shop()
                .upload(images(merchant.product("10.00", 5)), "image/jpeg", jpeg(50, 50))
                .expect(201)
                .path("url")
                .asString();
        assertThat(visitor.get(url).status()).isEqualTo(200);
        other.visitor().get(url).expectProblem(404, "image-not-found");
    }
}
