package org.cartulary.checkout;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The checkouts of the current tenant. Every transition is one conditional statement. Thread-safe. */
final class CheckoutStore {

    /** Of somebody, with or without an account. */
    private static final String OF_PERSON = "tenant_id = :tenantId AND (subject_id = :customerId::uuid"
            + " OR subject_id = :guestSubjectId::uuid"
            + " AND created_at <= coalesce(:guestUntil::timestamptz, 'infinity'))";

    private final JsonMapper json;

    CheckoutStore(JsonMapper json) {
        this.json = json;
    }

    /** Writes new checkouts. */
    void insert(Transaction tx, List<CheckoutSession> sessions) {
        List<Totals> totals = sessions.stream().map(CheckoutSession::totals).toList();
        tx.jdbc()
                .sql("""
                        INSERT INTO checkout_sessions (
                            tenant_id, id, customer_id, guest_id, subject_id, contact_sealed, cart_id, cart_version, lines,
                            shipping_options, discounts, shipping_method_id, shipping_method_name, currency,
                            subtotal, tax_amount, included_tax_amount, adjustments, shipping_amount, discount_amount, total_amount, placed_at,
                            external_reference, expires_at)
                        SELECT :tenantId, s.*
                        FROM unnest(:ids, :customerIds, :guestIds, :subjectIds, :contactsSealed, :cartIds, :cartVersions, :lines,
                                    :shippingOptions, :discountLists, :shippingMethodIds,
                                    :shippingMethodNames, :currencies, :subtotals, :taxes, :includedTaxes, :adjustments, :shippings, :discounts, :totals,
                                    :placedAts, :externalReferences, :expiries) AS s
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("ids", Sql.uuidArray(sessions, CheckoutSession::id))
                .param("customerIds", Sql.uuidArray(sessions, CheckoutSession::customerId))
                .param("guestIds", Sql.uuidArray(sessions, CheckoutSession::guestId))
                .param(
                        "subjectIds",
                        Sql.uuidArray(sessions, session -> session.contact().subjectId()))
                .param(
                        "contactsSealed",
                        Sql.textArray(sessions, session -> session.contact().text()))
                .param("cartIds", Sql.uuidArray(sessions, CheckoutSession::cartId))
                .param("cartVersions", Sql.longArray(sessions, CheckoutSession::cartVersion))
                .param("lines", Sql.jsonArray(sessions, session -> json.writeValueAsString(session.lines())))
                .param(
                        "shippingOptions",
                        Sql.jsonArray(sessions, session -> json.writeValueAsString(session.shippingOptions())))
                .param(
                        "discountLists",
                        Sql.jsonArray(sessions, session -> json.writeValueAsString(session.discounts())))
                .param("shippingMethodIds", Sql.uuidArray(sessions, CheckoutSession::shippingMethodId))
                .param("shippingMethodNames", Sql.textArray(sessions, CheckoutSession::shippingMethodName))
                .param(
                        "currencies",
                        Sql.textArray(totals, total -> total.currency().getCurrencyCode()))
                .param(
                        "subtotals",
                        Sql.numericArray(totals, total -> total.subtotal().amount()))
                .param("taxes", Sql.numericArray(totals, total -> total.tax().amount()))
                .param(
                        "includedTaxes",
                        Sql.numericArray(totals, total -> total.includedTax().amount()))
                .param("adjustments", Sql.jsonArray(totals, total -> json.writeValueAsString(total.adjustments())))
                .param(
                        "shippings",
                        Sql.numericArray(totals, total -> total.shipping().amount()))
                .param(
                        "discounts",
                        Sql.numericArray(totals, total -> total.discount().amount()))
                .param("totals", Sql.numericArray(totals, total -> total.total().amount()))
                .param("placedAts", Sql.timestampArray(sessions, CheckoutSession::placedAt))
                .param("externalReferences", Sql.textArray(sessions, CheckoutSession::externalReference))
                .param("expiries", Sql.timestampArray(sessions, CheckoutSession::expiresAt))
                .update();
    }

    @Nullable CheckoutSession find(Transaction tx, UUID id) {
        return findAll(tx, List.of(id)).get(id);
    }

    /** Those that there are, by their ids. */
    Map<UUID, CheckoutSession> findAll(Transaction tx, List<UUID> ids) {
        return tx
                .jdbc()
                .sql("SELECT * FROM checkout_sessions WHERE tenant_id = :tenantId AND id = ANY (:ids)")
                .param("tenantId", RequestContext.currentTenant())
                .param("ids", Sql.uuidArray(ids))
                .query((row, number) -> session(row))
                .stream()
                .collect(Collectors.toMap(CheckoutSession::id, Function.identity()));
    }

    /** The checkouts of somebody, with or without an account. */
    List<CheckoutSession> ofPerson(Transaction tx, Person person) {
        return tx.jdbc()
                .sql("""
                        SELECT *
                        FROM checkout_sessions
                        WHERE %s
                        ORDER BY id
                        """.formatted(OF_PERSON))
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", person.customerId())
                .param("guestSubjectId", person.guestSubjectId())
                .param("guestUntil", until(person))
                .query((row, number) -> session(row))
                .list();
    }

    /** Deletes the checkouts of somebody but those whose orders are being placed; answers how many. */
    int deleteOfPerson(Transaction tx, Person person) {
        return tx.jdbc()
                .sql("""
                        DELETE FROM checkout_sessions
                        WHERE %s AND status <> 'COMPLETING'
                        """.formatted(OF_PERSON))
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", person.customerId())
                .param("guestSubjectId", person.guestSubjectId())
                .param("guestUntil", until(person))
                .update();
    }

    private static @Nullable OffsetDateTime until(Person person) {
        Instant until = person.guestUntil();
        return until == null ? null : Sql.timestamp(until);
    }

    /** A Guest-Token may be that of several people: those under which nobody has a checkout any more. */
    List<UUID> guestsWithoutCheckouts(Transaction tx, List<UUID> guests) {
        return tx.jdbc()
                .sql("""
                        SELECT g.id
                        FROM unnest(:guestIds) AS g (id)
                        WHERE NOT EXISTS (SELECT FROM checkout_sessions c
                                          WHERE c.tenant_id = :tenantId AND c.guest_id = g.id)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("guestIds", Sql.uuidArray(guests))
                .query(UUID.class)
                .list();
    }

    /** How the buyer pays for the order that is being placed; {@code null} if it is not. */
    @Nullable KeptPayment payment(Transaction tx, UUID id, UUID orderId) {
        return tx.jdbc()
                .sql("""
                        SELECT payment_method_type, payment_token
                        FROM checkout_sessions
                        WHERE tenant_id = :tenantId AND id = :id AND order_id = :orderId AND status = 'COMPLETING'
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("id", id)
                .param("orderId", orderId)
                .query((row, number) ->
                        new KeptPayment(row.getString("payment_method_type"), row.getString("payment_token")))
                .optional()
                .orElse(null);
    }

    /** Whether the method was chosen: the checkout is open and still in this version. */
    boolean chooseShipping(Transaction tx, CheckoutSession read, ShippingOption option, Totals totals, Instant now) {
        return tx.jdbc()
                        .sql("""
                                UPDATE checkout_sessions
                                SET shipping_method_id = :methodId, shipping_method_name = :methodName,
                                    shipping_options = :options, shipping_amount = :shipping, tax_amount = :tax,
                                    included_tax_amount = :includedTax, discount_amount = :discount,
                                    total_amount = :total, adjustments = :adjustments,
                                    version = version + 1, updated_at = clock_timestamp()
                                WHERE tenant_id = :tenantId AND id = :id AND status = 'OPEN' AND version = :version
                                  AND expires_at > :now
                                """)
                        .param("methodId", option.methodId())
                        .param("methodName", option.name())
                        .param("options", Sql.json(json.writeValueAsString(read.shippingOptions())))
                        .param("shipping", totals.shipping().amount())
                        .param("tax", totals.tax().amount())
                        .param("includedTax", totals.includedTax().amount())
                        .param("discount", totals.discount().amount())
                        .param("total", totals.total().amount())
                        .param("adjustments", Sql.json(json.writeValueAsString(totals.adjustments())))
                        .param("tenantId", RequestContext.currentTenant())
                        .param("id", read.id())
                        .param("version", read.version())
                        .param("now", Sql.timestamp(now))
                        .update()
                == 1;
    }

    /**
     * Begins completions.
     *
     * @return the orders of those that may run: the checkout was open, in this version, and nobody else completes it
     */
    Set<UUID> beginCompletions(Transaction tx, List<Completion> completions, Instant now) {
        return Set.copyOf(tx.jdbc()
                .sql("""
                        UPDATE checkout_sessions s
                        SET status = 'COMPLETING', order_id = c.order_id, payment_method_type = c.provider,
                            payment_token = c.token, last_refusal = NULL, version = s.version + 1,
                            updated_at = clock_timestamp()
                        FROM unnest(:ids, :orderIds, :providers, :tokens, :versions)
                             AS c (id, order_id, provider, token, version)
                        WHERE s.tenant_id = :tenantId AND s.id = c.id AND s.status = 'OPEN' AND s.version = c.version
                          AND s.expires_at > :now
                        RETURNING s.order_id
                        """)
                .param("ids", Sql.uuidArray(completions, one -> one.read().id()))
                .param("orderIds", Sql.uuidArray(completions, Completion::orderId))
                .param(
                        "providers",
                        Sql.textArray(completions, one -> one.payment().provider()))
                .param("tokens", Sql.textArray(completions, one -> one.payment().tokenSealed()))
                .param("versions", Sql.longArray(completions, one -> one.read().version()))
                .param("tenantId", RequestContext.currentTenant())
                .param("now", Sql.timestamp(now))
                .query(UUID.class)
                .list());
    }

    /** A completion that wants to begin, with the checkout as it was read. */
    record Completion(CheckoutSession read, UUID orderId, KeptPayment payment) {}

    /** How a buyer pays, as it is kept. */
    record KeptPayment(String provider, String tokenSealed) {}

    /** Writes that orders are confirmed, and which carts have yet to be told. */
    void complete(Transaction tx, List<PlaceOrder> placed) {
        int completed = tx.jdbc()
                .sql("""
                        UPDATE checkout_sessions s
                        SET status = 'COMPLETED', order_number = p.order_number, payment_token = NULL,
                            cart_conversion_due = s.cart_id IS DISTINCT FROM p.converted_cart_id,
                            completed_at = clock_timestamp(), version = s.version + 1, updated_at = clock_timestamp()
                        FROM unnest(:ids, :orderIds, :orderNumbers, :convertedCartIds)
                            AS p (id, order_id, order_number, converted_cart_id)
                        WHERE s.tenant_id = :tenantId AND s.id = p.id AND s.status = 'COMPLETING'
                          AND s.order_id = p.order_id
                        """)
                .param("ids", Sql.uuidArray(placed, PlaceOrder::checkoutId))
                .param("orderIds", Sql.uuidArray(placed, PlaceOrder::orderId))
                .param("orderNumbers", Sql.textArray(placed, one -> Objects.requireNonNull(one.orderNumber())))
                .param("convertedCartIds", Sql.uuidArray(placed, PlaceOrder::convertedCartId))
                .param("tenantId", RequestContext.currentTenant())
                .update();
        if (completed != placed.size()) {
            throw notCompleting();
        }
    }

    /** Opens the checkout again, since its order was refused. */
    void reopen(Transaction tx, UUID id, UUID orderId, String refusal) {
        requireOne(tx.jdbc()
                .sql("""
                        UPDATE checkout_sessions
                        SET status = 'OPEN', order_id = NULL, payment_token = NULL, last_refusal = :refusal,
                            version = version + 1, updated_at = clock_timestamp()
                        WHERE tenant_id = :tenantId AND id = :id AND status = 'COMPLETING' AND order_id = :orderId
                        """)
                .param("refusal", refusal)
                .param("tenantId", RequestContext.currentTenant())
                .param("id", id)
                .param("orderId", orderId)
                .update());
    }

    private static void requireOne(int updated) {
        if (updated != 1) {
            throw notCompleting();
        }
    }

    private static IllegalStateException notCompleting() {
        return new IllegalStateException("the checkout of a saga is COMPLETING until the saga ends");
    }

    private CheckoutSession session(ResultSet row) throws SQLException {
        UUID cartId = row.getObject("cart_id", UUID.class);
        return new CheckoutSession(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getObject("guest_id", UUID.class),
                new CheckoutContact.Sealed(row.getObject("subject_id", UUID.class), row.getString("contact_sealed")),
                cartId == null ? null : new CheckoutSession.CartVersion(cartId, row.getLong("cart_version")),
                CheckoutStatus.valueOf(row.getString("status")),
                List.of(json.readValue(row.getString("lines"), CheckoutLine[].class)),
                List.of(json.readValue(row.getString("shipping_options"), ShippingOption[].class)),
                row.getObject("shipping_method_id", UUID.class),
                row.getString("shipping_method_name"),
                List.of(json.readValue(row.getString("discounts"), Discount[].class)),
                totals(row),
                instant(row, "placed_at"),
                row.getString("external_reference"),
                row.getObject("order_id", UUID.class),
                row.getString("order_number"),
                row.getString("last_refusal"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private Totals totals(ResultSet row) throws SQLException {
        Currency currency = Money.currencyOf(row.getString("currency"));
        return new Totals(
                money(row.getBigDecimal("subtotal"), currency),
                money(row.getBigDecimal("tax_amount"), currency),
                money(row.getBigDecimal("included_tax_amount"), currency),
                money(row.getBigDecimal("shipping_amount"), currency),
                money(row.getBigDecimal("discount_amount"), currency),
                money(row.getBigDecimal("total_amount"), currency),
                List.of(json.readValue(row.getString("adjustments"), Adjustment[].class)));
    }

    private static Money money(BigDecimal amount, Currency currency) {
        return Money.of(amount, currency);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
