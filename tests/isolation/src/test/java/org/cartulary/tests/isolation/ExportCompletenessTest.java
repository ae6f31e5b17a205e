package org.cartulary.tests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cartulary.app.ServiceName;
import org.cartulary.tests.support.Archive;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.HoldsThePlatform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Everything that any table keeps on a customer is told in the export, or it is said here why it is not. The tables are those of the
 * catalogue that name a person by a column or keep customers apart by a policy, so that a new one has to be thought of.
 */
@Tag("PLT-30")
@Tag("CUS-03")
@HoldsThePlatform("asks its databases itself")
@ExtendWith(Neighbourhood.Shared.class)
final class ExportCompletenessTest {

    /** Tables that name people, each once, without partitions. */
    private static final String TABLES_OF_PEOPLE = """
            SELECT c.relname::text
            FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND (EXISTS (SELECT FROM pg_attribute a
                           WHERE a.attrelid = c.oid AND NOT a.attisdropped
                             AND a.attname ~ '^((guest_)?subject|customer|user|guest|person)_id$|^email_|^principal$|_sealed$')
                OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = c.relname || '_customer'))
            """;

    private static final String OF_ORDERS = "%s IN (SELECT id FROM orders WHERE customer_id = ?)";
    private static final String OF_SHIPMENTS =
            "shipment_id IN (SELECT s.id FROM order_shipments s JOIN orders o ON o.id = s.order_id WHERE o.customer_id = ?)";
    private static final String OF_WITHDRAWALS =
            "withdrawal_id IN (SELECT w.id FROM order_withdrawals w JOIN orders o ON o.id = w.order_id WHERE o.customer_id = ?)";
    private static final String OF_PAYMENTS = "payment_id IN (SELECT id FROM payments WHERE customer_id = ?)";
    private static final String OF_RESERVATIONS =
            "order_id IN (SELECT order_id FROM inventory_reservations WHERE customer_id = ?)";
    private static final String OF_CLAIMS = "order_id IN (SELECT order_id FROM promotion_claims WHERE customer_id = ?)";
    private static final String OF_ADDRESS = "email_hash = (SELECT email_index FROM users WHERE id = ?)";

    /**
     * A table that is told.
     *
     * @param file where
     * @param column by whose values the rows are found again there
     * @param ofPerson which rows are a customer's
     */
    private record Told(String file, String column, String ofPerson) {}

    private static final Map<String, Told> TOLD = Map.ofEntries(
            Map.entry("auth.users", new Told("account/account.json", "id", "id = ?")),
            Map.entry("auth.user_sessions", new Told("account/sessions.json", "id", "user_id = ?")),
            Map.entry("auth.outgoing_mails", new Told("account/mails.json", "id", "user_id = ?")),
            Map.entry("auth.email_verifications", new Told("account/security.json", "id", "user_id = ?")),
            Map.entry("auth.password_resets", new Told("account/security.json", "id", "user_id = ?")),
            Map.entry("auth.second_factors", new Told("account/security.json", "created_at", "user_id = ?")),
            Map.entry("auth.second_factor_removals", new Told("account/security.json", "id", "user_id = ?")),
            Map.entry(
                    "auth.login_attempts",
                    new Told("account/security.json", "trim('\"' FROM to_jsonb(last_attempt_at)::text)", OF_ADDRESS)),
            Map.entry("auth.mail_requests", new Told("account/security.json", "kind", OF_ADDRESS)),
            Map.entry("cart.carts", new Told("cart/carts.json", "id", "customer_id = ?")),
            Map.entry(
                    "cart.cart_items",
                    new Told(
                            "cart/carts.json",
                            "product_id",
                            "cart_id IN (SELECT id FROM carts WHERE customer_id = ?)")),
            Map.entry("cart.saved_lists", new Told("cart/saved-for-later.json", "id", "customer_id = ?")),
            Map.entry(
                    "cart.saved_items",
                    new Told(
                            "cart/saved-for-later.json",
                            "product_id",
                            "list_id IN (SELECT id FROM saved_lists WHERE customer_id = ?)")),
            Map.entry("catalog.product_reviews", new Told("catalog/reviews.json", "id", "customer_id = ?")),
            Map.entry("checkout.checkout_sessions", new Told("checkout/checkouts.json", "id", "customer_id = ?")),
            Map.entry("customer.customers", new Told("customer/customer.json", "id", "id = ?")),
            Map.entry("customer.customer_addresses", new Told("customer/addresses.json", "id", "customer_id = ?")),
            Map.entry(
                    "customer.customer_group_members", new Told("customer/groups.json", "group_id", "customer_id = ?")),
            Map.entry("customer.consent_records", new Told("customer/consents.json", "id", "customer_id = ?")),
            Map.entry(
                    "customer.customer_statistics",
                    new Told("customer/statistics.json", "currency", "customer_id = ?")),
            Map.entry("customer.erasures", new Told("customer/erasures.json", "id", "customer_id = ?")),
            Map.entry(
                    "inventory.inventory_reservations",
                    new Told("inventory/reservations.json", "order_id", "customer_id = ?")),
            Map.entry(
                    "inventory.inventory_reservation_lines",
                    new Told("inventory/reservations.json", "product_id", OF_RESERVATIONS)),
            Map.entry("inventory.inventory_restocks", new Told("inventory/reservations.json", "id", OF_RESERVATIONS)),
            Map.entry("order.orders", new Told("order/orders.json", "id", "customer_id = ?")),
            Map.entry("order.order_items", new Told("order/orders.json", "id", OF_ORDERS.formatted("order_id"))),
            Map.entry(
                    "order.order_addresses", new Told("order/orders.json", "country", OF_ORDERS.formatted("order_id"))),
            Map.entry(
                    "order.order_status_history",
                    new Told("order/orders.json", "status_to", OF_ORDERS.formatted("order_id"))),
            Map.entry("order.order_shipments", new Told("order/orders.json", "id", OF_ORDERS.formatted("order_id"))),
            Map.entry("order.order_shipment_items", new Told("order/orders.json", "order_item_id", OF_SHIPMENTS)),
            Map.entry("order.order_shipment_events", new Told("order/orders.json", "status_to", OF_SHIPMENTS)),
            Map.entry("order.order_withdrawals", new Told("order/orders.json", "id", OF_ORDERS.formatted("order_id"))),
            Map.entry("order.order_withdrawal_items", new Told("order/orders.json", "order_item_id", OF_WITHDRAWALS)),
            Map.entry("order.order_notes", new Told("order/orders.json", "id", OF_ORDERS.formatted("order_id"))),
            Map.entry("order.order_refunds", new Told("order/orders.json", "id", OF_ORDERS.formatted("order_id"))),
            Map.entry(
                    "promotion.promotion_claims", new Told("promotion/promotions.json", "order_id", "customer_id = ?")),
            Map.entry("promotion.coupon_usage", new Told("promotion/promotions.json", "promotion_id", OF_CLAIMS)),
            Map.entry("payment.payments", new Told("payment/payments.json", "id", "customer_id = ?")),
            Map.entry("payment.payment_events", new Told("payment/payments.json", "id", OF_PAYMENTS)),
            Map.entry("payment.payment_transactions", new Told("payment/payments.json", "id", OF_PAYMENTS)),
            Map.entry("payment.refunds", new Told("payment/payments.json", "id", OF_PAYMENTS)));

    /** Of these there is one in every database. */
    private static final Map<String, Told> TOLD_OF_EVERY_SERVICE =
            Map.of("data_access_log", new Told("accesses.json", "id", "person_id = ?"));

    private static final Map<String, String> NOT_TOLD = Map.ofEntries(
            Map.entry("auth.api_keys", "keys of programs that work for the shop, which no customer has"),
            Map.entry("auth.page_sessions", "hashes of secrets; the sessions behind them are told"),
            Map.entry("auth.refresh_tokens", "hashes of secrets; the sessions are told"),
            Map.entry("auth.recovery_codes", "hashes of secrets; how many there are is told"),
            Map.entry("catalog.catalog_skus", "skus of the shop, which name nobody"),
            Map.entry("catalog.picture_files", "files of pictures of products, which name nobody"),
            Map.entry("catalog.picture_sizes", "sizes of pictures of products, which name nobody"),
            Map.entry("catalog.price_history", "what the shop asked for its products, which names nobody"),
            Map.entry("catalog.product_prices", "what the shop asks for its products, which names nobody"),
            Map.entry("catalog.product_imports", "files of products, which name no customer"),
            Map.entry("catalog.product_import_parts", "the text of these files"),
            Map.entry("catalog.product_import_errors", "why lines of these files were refused"),
            Map.entry("catalog.sold_stock", "whether products are in stock, which names nobody"),
            Map.entry("catalog.vendor_members", "who works for a vendor, which no customer does"),
            Map.entry("customer.customer_groups", "names of groups; in which of them somebody is is told"),
            Map.entry(
                    "customer.customer_statistics_orders",
                    "from what the statistics, which are told, are reckoned: the orders are told"),
            Map.entry("inventory.inventory_alerts", "goods that run out, which name nobody"),
            Map.entry("inventory.inventory_analytics", "movements by day, which name nobody"),
            Map.entry("inventory.inventory_categories", "how the shop sorts its stock, which names nobody"),
            Map.entry("inventory.inventory_category_products", "which products are in these categories"),
            Map.entry("inventory.inventory_purchase_orders", "what the shop buys, from whoever supplies it"),
            Map.entry("inventory.inventory_purchase_order_lines", "what the shop buys"),
            Map.entry("inventory.inventory_purchase_receipts", "what came to the shop"),
            Map.entry("inventory.inventory_supplier_products", "what a supplier has for the shop"),
            Map.entry("inventory.inventory_suppliers", "who supplies the shop, which no customer does"),
            Map.entry("order.order_tombstones", "ids of orders that never came about, and codes why"),
            Map.entry("order.order_refund_items", "what came back is told with the reservations"),
            Map.entry("payment.payment_methods", "nothing writes it yet"),
            Map.entry("privacy.subject_keys", "the key itself, wrapped"),
            Map.entry("promotion.promotions", "what the shop takes off; what was taken off for somebody is told"),
            Map.entry("promotion.promotion_counters", "how often all together use a promotion"));

    private static final Map<String, String> NOT_TOLD_OF_ANY_SERVICE = Map.of(
            "audit_log", "what staff did, which cannot be changed; what they did it to is told",
            "idempotency_keys", "answers to repeated requests, for 30 days: what they are about is told",
            "operator_actions", "what operators did about stuck work");

    /** Tables of which a customer has no rows here. */
    private static final Set<String> WITHOUT_ROWS = Set.of(
            "auth.email_verifications", "auth.second_factors", "auth.second_factor_removals", "customer.erasures");

    private final DatabaseOwner owner;
    private final WalkedShop shop;

    ExportCompletenessTest(Neighbourhood neighbourhood) {
        owner = neighbourhood.owner();
        shop = neighbourhood.shop();
    }

    /** What says of each table that names people how it is told, or why it is not: exactly one of them. */
    @Test
    void everyTableThatNamesPeopleIsToldOrIsNotForAReason() {
        List<String> forgotten = new ArrayList<>();
        TreeSet<String> known = new TreeSet<>();
        for (String name : tables()) {
            String table = name.substring(name.indexOf('.') + 1);
            long rules = List.of(
                            TOLD.containsKey(name),
                            TOLD_OF_EVERY_SERVICE.containsKey(table),
                            NOT_TOLD.containsKey(name),
                            NOT_TOLD_OF_ANY_SERVICE.containsKey(table))
                    .stream()
                    .filter(rule -> rule)
                    .count();
            known.add(name);
            if (rules != 1) {
                forgotten.add(name + ": " + rules + " rules");
            }
        }

        assertThat(forgotten).isEmpty();
        assertThat(known).as("rules for tables that are not there").containsAll(TOLD.keySet());
        assertThat(known).containsAll(NOT_TOLD.keySet());
    }

    private List<String> tables() {
        List<String> tables = new ArrayList<>();
        for (ServiceName service : ServiceName.values()) {
            if (service.keepsRecords()) {
                owner.all(service.word(), String.class, TABLES_OF_PEOPLE)
                        .forEach(table -> tables.add(service.word() + "." + table));
            }
        }
        return tables;
    }

    @Test
    void everyRowOfACustomerIsInTheirArchive() throws IOException {
        shop.clerk().get("/api/v1/admin/customers/" + shop.customerId() + "/consents");
        shop.clerk().get("/api/v1/admin/customers").expect(200);
        Map<String, String> archive = Archive.unzipped(shop.customer().download("/api/v1/store/customers/me/export"));
        List<String> missing = new ArrayList<>();
        TreeMap<String, Integer> found = new TreeMap<>();

        for (String name : tables()) {
            String table = name.substring(name.indexOf('.') + 1);
            Told told = TOLD.getOrDefault(name, TOLD_OF_EVERY_SERVICE.get(table));
            if (told != null) {
                List<String> values = owner.all(
                        name.substring(0, name.indexOf('.')),
                        String.class,
                        "SELECT " + told.column() + "::text FROM " + table + " WHERE " + told.ofPerson(),
                        shop.customerId());
                found.merge(TOLD.containsKey(name) ? name : table, values.size(), Integer::sum);
                String file = archive.getOrDefault(told.file(), "");
                values.stream()
                        .filter(value -> !file.contains(value))
                        .forEach(value -> missing.add(name + " " + value));
            }
        }

        assertThat(missing).isEmpty();
        assertThat(found.keySet().stream().filter(name -> found.get(name) == 0))
                .as("tables of which nothing was looked for")
                .isSubsetOf(WITHOUT_ROWS);
        assertThat(archive.get("index.txt"))
                .contains(archive.keySet().stream()
                        .filter(file -> !file.equals("index.txt"))
                        .toList());
    }
}
