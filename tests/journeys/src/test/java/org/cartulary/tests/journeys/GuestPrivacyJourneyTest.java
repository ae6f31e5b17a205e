package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cartulary.tests.support.Archive;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whoever bought without an account is told what is kept, and forgotten, by the e-mail address. */
@Tag("PLT-30")
@Tag("CUS-03")
final class GuestPrivacyJourneyTest {

    private static final String GUESTS = "/api/v1/admin/guests";
    private static final Map<String, String> BY_TICKET = Map.of("X-Access-Reason", "ticket-4711");

    private static Installation platform;
    private static DatabaseOwner databases;
    private static DatabaseSearch rescan;

    private final String someone = UUID.randomUUID().toString().substring(24);
    private final String email = "galahad-" + someone + "@guest.example";
    private final Map<String, String> address = Map.of(
            "firstName",
            "Galahad" + someone,
            "lastName",
            "Thorn" + someone,
            "addressLine1",
            "9 Secret Mews " + someone,
            "city",
            "Berlin",
            "postalCode",
            "10115",
            "country",
            "DE");

    @BeforeAll
    static void start() {
        platform = Installation.inOneProcess();
        databases = new DatabaseOwner(platform.dataDirectory());
        rescan = new DatabaseSearch(databases);
    }

    @AfterAll
    static void stop() {
        databases.close();
        platform.close();
    }

    private String buy(HttpShop visitor, String product) {
        Buyer guest = new Buyer(Buyer.guest(visitor).shop(), email);
        Map<String, Object> request = new HashMap<>(guest.checkoutOf(guest.cart(product, 1)));
        request.put("shippingAddress", address);
        String checkout = guest.shop()
                .postOnce("/api/v1/store/checkouts", request)
                .expect(201)
                .path("id")
                .asString();
        return guest.complete(checkout, Buyer.CARD).expect(201).path("orderId").asString();
    }

    private Map<String, Object> erasure(boolean evenUndelivered) {
        return Map.of("email", email, "reason", "asked-by-letter", "evenUndelivered", evenUndelivered);
    }

    @Test
    void aGuestIsToldEverythingAndForgottenByTheAddress() throws IOException {
        Merchant merchant = platform.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("12.50", 20);
        String order = buy(platform.visitor(), product);
        String other = buy(platform.visitor(), product);
        UUID subject = rescan.subjectOf(order);
        Set<UUID> keys = rescan.keysOf(List.of(subject));
        merchant.shop()
                .postOnce(
                        "/api/v1/admin/orders/" + other + "/cancellations",
                        Map.of(
                                "reason",
                                "fetched by " + address.get("lastName") + " of " + address.get("addressLine1")))
                .expect(201);

        Map<String, String> export = Archive.unzipped(merchant.shop()
                .download(GUESTS + "/exports", Map.of("email", email.toUpperCase(Locale.ROOT)), BY_TICKET));
        assertThat(export.get("order/orders.json")).contains(order, other, email, "fetched by Thorn");
        assertThat(export.get("checkout/checkouts.json")).contains(address.get("addressLine1"));
        assertThat(export.get("cart/carts.json")).contains(order, other);
        assertThat(export.get("payment/payments.json")).contains(order, other);
        assertThat(export.get("inventory/reservations.json")).contains(order, other);
        assertThat(export).doesNotContainKey("customer/customer.json");
        assertThat(databases.all(
                        "customer",
                        String.class,
                        "SELECT concat_ws(' ', endpoint, permission, reason) FROM data_access_log"
                                + " WHERE subject_kind = 'guest' AND subject_id = ?",
                        subject))
                .containsExactly("POST /api/v1/admin/guests/exports customers:erase ticket-4711");

        merchant.shop().post(GUESTS + "/erasures", erasure(false)).expectProblem(409, "orders-unfinished");
        JsonNode begun =
                merchant.shop().post(GUESTS + "/erasures", erasure(true)).body();
        Eventually.holds(
                "the guest is forgotten",
                Duration.ofMinutes(3),
                () -> merchant.shop()
                        .get(GUESTS + "/erasures/" + begun.path("id").asString())
                        .expect(200)
                        .path("status")
                        .asString()
                        .equals("COMPLETED"));

        assertThat(rescan.tablesThatSay(
                        List.of(email, "Galahad" + someone, "Thorn" + someone, "Secret Mews " + someone)))
                .isEmpty();
        assertThat(rescan.alive(keys)).isEmpty();
        assertThat(List.of(rescan.subjectOf(order), rescan.subjectOf(other)))
                .doesNotHaveDuplicates()
                .doesNotContain(subject);
        assertThat(databases.one(
                        "cart",
                        Long.class,
                        "SELECT count(*) FROM carts WHERE ordered_order_id IN (?::uuid, ?::uuid)",
                        order,
                        other))
                .isZero();
        assertThat(databases.one(
                        "customer",
                        Long.class,
                        "SELECT count(*) FROM audit_log WHERE action = 'guest.erasure-requested' AND subject_id = ?",
                        subject))
                .isOne();
        merchant.shop().post(GUESTS + "/erasures", erasure(true)).expectProblem(404, "guest-not-found");

        buy(platform.visitor(), product);
        Eventually.holds(
                "all records add up",
                Duration.ofMinutes(3),
                () -> Reconciled.by(platform.operator()).breaches().isEmpty());
    }

    @Test
    @Tag("PLT-17")
    void nobodyElseIsToldAndNoOtherShopsGuestIsForgotten() {
        Merchant merchant = platform.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("12.50", 20);
        String order = buy(platform.visitor(), product);
        HttpShop otherShop = platform.withShopOfItsOwn().merchant().shop();
        Map<String, Object> asked = Map.of("email", email);

        otherShop.post(GUESTS + "/exports", asked).expectProblem(404, "guest-not-found");
        otherShop.post(GUESTS + "/erasures", erasure(true)).expectProblem(404, "guest-not-found");
        platform.visitor().post(GUESTS + "/exports", asked).expectProblem(401, "unauthorized");
        HttpShop reader = merchant.integration(platform.visitor(), "customers:read", "orders:read");
        reader.post(GUESTS + "/exports", asked).expectProblem(403, "forbidden");
        reader.post(GUESTS + "/erasures", erasure(true)).expectProblem(403, "forbidden");
        merchant.shop()
                .post(GUESTS + "/erasures", Map.of("email", email, "reason", "said Galahad Thorn"))
                .expectProblem(422, "invalid-request", "/reason");

        assertThat(merchant.shop()
                        .get("/api/v1/admin/orders/" + order)
                        .expect(200)
                        .path("email")
                        .asString())
                .isEqualTo(email);
    }
}
