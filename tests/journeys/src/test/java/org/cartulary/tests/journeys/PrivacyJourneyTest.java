package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.cartulary.app.ServiceName;
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

/** The whole life of an account, with a look into every table of every database before and after it is forgotten. */
@Tag("PLT-30")
@Tag("CUS-03")
final class PrivacyJourneyTest {

    private static final String STORE = "/api/v1/store";
    private static final String PASSWORD = "correct horse battery";
    private static final Pattern TOKEN = Pattern.compile("ev_[A-Za-z0-9_-]{43}");
    private static final Pattern SEALED = Pattern.compile("s1\\.([A-Za-z0-9_-]{22,})");

    private static Installation platform;
    private static DatabaseOwner databases;

    private final String someone = UUID.randomUUID().toString().substring(24);
    private final String email = "zenobia-" + someone + "@customer.example";
    private final Map<String, String> address = Map.of(
            "firstName", "Zenobia" + someone,
            "lastName", "Quill" + someone,
            "addressLine1", "7 Hidden Lane " + someone,
            "city", "Berlin",
            "postalCode", "10115",
            "country", "DE",
            "phone", "+49301" + Math.floorMod(someone.hashCode(), 1_000_000_000));

    @BeforeAll
    static void start() {
        platform = Installation.inOneProcess();
        databases = new DatabaseOwner(platform.dataDirectory());
    }

    @AfterAll
    static void stop() {
        databases.close();
        platform.close();
    }

    @Test
    @Tag("PLT-28")
    void anAccountFromItsRegistrationUntilNothingReadableIsLeft() throws IOException {
        HttpShop visitor = platform.visitor();
        Merchant merchant = platform.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("12.50", 20);
        String userId = register(visitor);
        verifyEmail(visitor);
        HttpShop customer = logIn(visitor);
        Eventually.holds(
                "the customer's record is made",
                Duration.ofSeconds(30),
                () -> customer.get(STORE + "/customers/me").status() == 200);
        customer.postOnce(STORE + "/customers/me/addresses", saved()).expect(201);
        String order = buy(new Buyer(customer, email), product);
        String orderOfGuest = buy(new Buyer(Buyer.guest(visitor).shop(), email), product);
        assertThat(customer.get(STORE + "/orders/" + order)
                        .expect(200)
                        .at("/addresses/shipping/addressLine1")
                        .asString())
                .isEqualTo(address.get("addressLine1"));

        assertThat(tablesThatSayWhoItIs())
                .as("in clear while the account is alive")
                .isEmpty();
        Set<UUID> keys = keysOfThePerson(userId, order, orderOfGuest);
        assertThat(keys).as("one as a customer, one as a guest").hasSize(2);

        Map<String, String> export = unzipped(customer.download(STORE + "/customers/me/export"));
        assertThat(export).containsKeys("index.txt", "customer/customer.json", "account/sessions.json");
        assertThat(export.get("account/person.json")).contains(email, address.get("firstName"));
        assertThat(export.get("customer/addresses.json")).contains(address.get("addressLine1"));
        assertThat(export.get("order/orders.json"))
                .contains(order, orderOfGuest, address.get("lastName"), address.get("phone"));
        assertThat(unzipped(merchant.shop().download("/api/v1/admin/customers/" + userId + "/export")))
                .containsEntry("customer/addresses.json", export.get("customer/addresses.json"));

        customer.post(STORE + "/customers/me/erasures", Map.of()).expectProblem(409, "orders-unfinished");
        customer.postOnce(STORE + "/orders/" + order + "/cancellations", Map.of())
                .expect(201);
        HttpShop.Answer begun = merchant.shop()
                .post(
                        "/api/v1/admin/customers/" + userId + "/erasures",
                        Map.of("reason", "asked for by letter", "evenUndelivered", true));
        assertThat(begun.status()).as(begun.text()).isIn(200, 202);
        Eventually.holds(
                "the customer is forgotten",
                Duration.ofSeconds(60),
                () -> merchant.shop()
                        .get("/api/v1/admin/customers/" + userId + "/erasures")
                        .expect(200)
                        .path("status")
                        .asString()
                        .equals("COMPLETED"));

        visitor.post(STORE + "/sessions", Map.of("email", email, "password", PASSWORD))
                .expectProblem(401, "invalid-credentials");
        customer.get(STORE + "/customers/me").expectProblem(404, "customer-not-found");
        JsonNode forgotten =
                merchant.shop().get("/api/v1/admin/orders/" + orderOfGuest).expect(200);
        assertThat(forgotten.path("email").isNull()).isTrue();
        assertThat(forgotten.at("/total/amount").asString()).isNotEmpty();
        assertThat(tablesThatSayWhoItIs()).as("in clear after the erasure").isEmpty();
        assertThat(readable(keys)).as("keys that open anything").isEmpty();

        buy(new Buyer(Buyer.guest(visitor).shop(), email), product);
        register(visitor);
        Eventually.holds(
                "all records add up",
                Duration.ofSeconds(60),
                () -> Reconciled.by(platform.operator()).breaches().isEmpty());
    }

    private String register(HttpShop visitor) {
        return visitor.post(
                        STORE + "/registrations",
                        Map.of(
                                "email",
                                email,
                                "password",
                                PASSWORD,
                                "firstName",
                                address.get("firstName"),
                                "lastName",
                                address.get("lastName")))
                .expect(201)
                .path("userId")
                .asString();
    }

    private void verifyEmail(HttpShop visitor) {
        List<String> texts = new ArrayList<>();
        Eventually.holds("the mail is sent", Duration.ofSeconds(30), () -> {
            JsonNode items = platform.operator()
                    .get("/api/v1/admin/outgoing-mails?limit=100")
                    .expect(200)
                    .path("items");
            StreamSupport.stream(items.spliterator(), false)
                    .filter(mail -> mail.path("to").asString("").equals(email))
                    .forEach(mail -> texts.add(mail.path("text").asString()));
            return !texts.isEmpty();
        });
        Matcher token = TOKEN.matcher(texts.getFirst());
        assertThat(token.find()).isTrue();
        visitor.post(STORE + "/email-verifications/confirmations", Map.of("token", token.group()))
                .expect(204);
    }

    private HttpShop logIn(HttpShop visitor) {
        return visitor.bearing(visitor.post(STORE + "/sessions", Map.of("email", email, "password", PASSWORD))
                .expect(201)
                .path("accessToken")
                .asString());
    }

    private Map<String, Object> saved() {
        Map<String, Object> saved = new HashMap<>(address);
        saved.put("type", "shipping");
        return saved;
    }

    private String buy(Buyer buyer, String product) {
        Map<String, Object> request = new HashMap<>(buyer.checkoutOf(buyer.cart(product, 1)));
        request.put("shippingAddress", address);
        String checkout = buyer.shop()
                .postOnce(STORE + "/checkouts", request)
                .expect(201)
                .path("id")
                .asString();
        return buyer.complete(checkout, Buyer.CARD).expect(201).path("orderId").asString();
    }

    /** Every table of every database is read as text, for each word that tells who it is. */
    private List<String> tablesThatSayWhoItIs() {
        List<String> found = new ArrayList<>();
        String words = String.join(
                "|",
                email,
                address.get("firstName"),
                address.get("lastName"),
                address.get("addressLine1"),
                address.get("phone").substring(1));
        int read = 0;
        for (ServiceName service : ServiceName.values()) {
            if (service.keepsRecords()) {
                for (String table : tables(service.word())) {
                    read++;
                    long rows = databases.one(
                            service.word(),
                            Long.class,
                            "SELECT count(*) FROM " + table + " t WHERE t::text ~* ?",
                            words);
                    if (rows > 0) {
                        found.add(service.word() + "." + table + ": " + rows + " rows");
                    }
                }
            }
        }
        assertThat(read).isGreaterThan(100);
        return found;
    }

    private static List<String> tables(String service) {
        return databases.all(
                service,
                String.class,
                "SELECT quote_ident(relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'");
    }

    private static Set<UUID> keysOfThePerson(String userId, String... orders) {
        Set<UUID> keys = new HashSet<>(
                databases.all("privacy", UUID.class, "SELECT id FROM subject_keys WHERE subject_id = ?::uuid", userId));
        for (String order : orders) {
            UUID subject =
                    databases.one("order", UUID.class, "SELECT subject_id FROM orders WHERE id = ?::uuid", order);
            keys.addAll(
                    databases.all("privacy", UUID.class, "SELECT id FROM subject_keys WHERE subject_id = ?", subject));
        }
        return keys;
    }

    /** Of these keys, those that sealed a value which is still anywhere, and that are not destroyed. */
    private static Set<UUID> readable(Set<UUID> keys) {
        Set<UUID> sealing = new HashSet<>();
        for (ServiceName service : ServiceName.values()) {
            if (service.keepsRecords()) {
                for (String table : tables(service.word())) {
                    for (String row : databases.all(
                            service.word(),
                            String.class,
                            "SELECT t::text FROM " + table + " t WHERE t::text LIKE '%s1.%'")) {
                        Matcher sealed = SEALED.matcher(row);
                        while (sealed.find()) {
                            sealing.add(keyOf(sealed.group(1)));
                        }
                    }
                }
            }
        }
        assertThat(sealing)
                .as("what is kept for ever, such as events, is still there")
                .containsAnyElementsOf(keys);
        sealing.retainAll(keys);
        sealing.removeIf(key -> databases.one(
                        "privacy",
                        Long.class,
                        "SELECT count(*) FROM subject_keys WHERE id = ? AND wrapped_key IS NULL",
                        key)
                == 1);
        return sealing;
    }

    private static UUID keyOf(String sealed) {
        ByteBuffer id = ByteBuffer.wrap(Arrays.copyOf(Base64.getUrlDecoder().decode(sealed.substring(0, 24)), 16));
        return new UUID(id.getLong(), id.getLong());
    }

    private static Map<String, String> unzipped(byte[] archive) throws IOException {
        Map<String, String> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
