package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
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
import tools.jackson.databind.json.JsonMapper;

/** A buyer says what a mug is like; the shop decides, and everybody reads it. */
@Tag("CAT-03")
@ExtendWith(SharedInstallation.class)
final class ReviewsJourneyTest {

    private final Installation installation;
    private final Merchant merchant;
    private final HttpShop visitor;

    ReviewsJourneyTest(Installation installation) {
        this.installation = installation;
        this.merchant = installation.merchant();
        this.visitor = installation.visitor();
        merchant.sendEverywhere();
    }

    private static Map<String, Object> says(int rating, String text) {
        return Map.of("rating", rating, "author", "Ada L.", "title", "A mug", "text", text);
    }

    private static String path(String product) {
        return "/api/v1/store/products/" + product;
    }

    private JsonNode write(Buyer author, String product, int rating) {
        return author.shop()
                .post(path(product) + "/reviews", says(rating, "It holds what it should."))
                .expect(201);
    }

    private static HttpShop.Answer versioned(HttpShop shop, String method, String path, Object body, JsonNode review) {
        return shop.send(
                method,
                path,
                JsonMapper.shared().writeValueAsString(body),
                Map.of("If-Match", "\"" + review.path("version").asLong() + "\""));
    }

    private JsonNode decide(HttpShop staff, JsonNode review, String decision, Object body) {
        return versioned(
                        staff,
                        "POST",
                        "/api/v1/admin/reviews/" + review.path("id").asString() + "/" + decision,
                        body,
                        review)
                .expect(200);
    }

    @Test
    void whatABuyerSaysIsShownAsVerifiedOnceItIsApproved() {
        String tag = "t" + UUID.randomUUID();
        String mug = merchant.product("10.00", 5);
        String jug = merchant.product("12.00", 5);
        tag(mug, tag);
        tag(jug, tag);
        Buyer buyer = Buyer.customer(visitor);
        Buyer other = Buyer.customer(visitor);
        buyer.buy(mug, 1, Buyer.CARD).expect(201);

        JsonNode review = write(buyer, mug, 5);
        JsonNode ofJug = write(other, jug, 2);
        assertThat(review.path("verifiedPurchase").asBoolean()).isTrue();
        assertThat(ofJug.path("verifiedPurchase").asBoolean()).isFalse();
        assertThat(visitor.get(path(mug) + "/reviews").expect(200).path("items"))
                .isEmpty();
        buyer.shop().post(path(mug) + "/reviews", says(1, "Again.")).expectProblem(409, "review-exists");

        HttpShop moderator = merchant.integration(visitor, Permissions.REVIEWS_MODERATE);
        JsonNode pending = moderator.get("/api/v1/admin/reviews").expect(200);
        assertThat(pending.path("items")).hasSize(2);
        decide(moderator, review, "approvals", Map.of());
        decide(moderator, ofJug, "approvals", Map.of());

        JsonNode shown = visitor.get(path(mug) + "/reviews?order=highest").expect(200);
        assertThat(shown.at("/items/0/author").asString()).isEqualTo("Ada L.");
        assertThat(shown.at("/items/0/verifiedPurchase").asBoolean()).isTrue();
        assertThat(shown.at("/items/0").propertyNames()).doesNotContain("customerId", "email");
        JsonNode product = visitor.get(path(mug)).expect(200);
        assertThat(product.at("/rating/average").decimalValue()).isEqualByComparingTo("5");
        assertThat(product.at("/rating/count").asInt()).isOne();
        assertThat(ids("?order=rating&tag=" + tag)).containsExactly(mug, jug);
        assertThat(ids("?minRating=4&tag=" + tag)).containsExactly(mug);
        assertThat(visitor.get("/api/v1/store/product-facets?minRating=4&tag=" + tag)
                        .expect(200)
                        .path("total")
                        .asInt())
                .isOne();
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    private void tag(String product, String tag) {
        String path = "/api/v1/admin/products/" + product;
        String version = merchant.shop().get(path).headers().firstValue("ETag").orElseThrow();
        merchant.shop()
                .send("PUT", path, "{\"tags\": [\"" + tag + "\"]}", Map.of("If-Match", version))
                .expect(200);
    }

    private List<String> ids(String query) {
        return visitor.get("/api/v1/store/products" + query)
                .expect(200)
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    @Test
    void nobodyTouchesAnothersReviewAndWhatIsChangedWaitsAgain() {
        String mug = merchant.product("10.00", 5);
        Buyer author = Buyer.customer(visitor);
        Buyer other = Buyer.customer(visitor);
        JsonNode review = write(author, mug, 4);
        String own = "/api/v1/store/reviews/" + review.path("id").asString();

        other.shop().get(own).expectProblem(404, "review-not-found");
        versioned(other.shop(), "PUT", own, says(1, "Not mine."), review).expectProblem(404, "review-not-found");
        other.shop().send("DELETE", own, null, Map.of()).expectProblem(404, "review-not-found");
        assertThat(author.shop().get(own).expect(200).path("rating").asInt()).isEqualTo(4);

        HttpShop moderator = merchant.integration(visitor, Permissions.REVIEWS_MODERATE);
        JsonNode rejected = decide(moderator, review, "rejections", Map.of("reason", "off-topic"));
        assertThat(author.shop().get(own).expect(200).path("rejectionReason").asString())
                .isEqualTo("off-topic");
        JsonNode changed = versioned(author.shop(), "PUT", own, says(3, "To the point."), rejected)
                .expect(200);
        assertThat(changed.path("status").asString()).isEqualTo("PENDING");
        versioned(
                        moderator,
                        "POST",
                        "/api/v1/admin/reviews/" + review.path("id").asString() + "/approvals",
                        Map.of(),
                        rejected)
                .expectProblem(412, "precondition-failed");
        decide(moderator, changed, "approvals", Map.of());
        assertThat(visitor.get(path(mug)).expect(200).at("/rating/count").asInt())
                .isOne();

        author.shop().send("DELETE", own, null, Map.of()).expect(204);
        assertThat(visitor.get(path(mug)).expect(200).at("/rating/count").asInt())
                .isZero();
        assertThat(author.shop().get("/api/v1/store/reviews").expect(200).path("items"))
                .isEmpty();
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }
}
