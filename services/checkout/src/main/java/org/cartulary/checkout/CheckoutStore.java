package org.cartulary.checkout;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The checkouts of the current tenant. Every transition is one conditional statement. Thread-safe. */
final class CheckoutStore {

    private final JsonMapper json;

    CheckoutStore(JsonMapper json) {
        this.json = json;
    }

    void insert(Transaction tx, CheckoutSession session) {
        Totals totals = session.totals();
        CheckoutSession.CartVersion cart = session.cart();
        tx.jdbc()
                .sql("""
                        INSERT INTO checkout_sessions (
                            tenant_id, id, customer_id, guest_id, email, cart_id, cart_version, lines, shipping_address,
                            billing_address, shipping_options, shipping_method_id, shipping_method_name, currency,
                            subtotal, tax_amount, shipping_amount, discount_amount, total_amount, placed_at,
                            external_reference, expires_at)
                        VALUES (
                            :tenantId, :id, :customerId, :guestId, :email, :cartId, :cartVersion, :lines,
                            :shippingAddress, :billingAddress, :shippingOptions, :shippingMethodId,
                            :shippingMethodName, :currency, :subtotal, :tax, :shipping, :discount, :total, :placedAt,
                            :externalReference, :expiresAt)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("id", session.id())
                .param("customerId", session.customerId())
                .param("guestId", session.guestId())
                .param("email", session.email())
                .param("cartId", cart == null ? null : cart.id())
                .param("cartVersion", cart == null ? null : cart.version())
                .param("lines", Sql.json(json.writeValueAsString(session.lines())))
                .param("shippingAddress", Sql.json(json.writeValueAsString(session.shippingAddress())))
                .param("billingAddress", Sql.json(json.writeValueAsString(session.billingAddress())))
                .param("shippingOptions", Sql.json(json.writeValueAsString(session.shippingOptions())))
                .param("shippingMethodId", session.shippingMethodId())
                .param("shippingMethodName", session.shippingMethodName())
                .param("currency", totals.currency().getCurrencyCode())
                .param("subtotal", totals.subtotal().amount())
                .param("tax", totals.tax().amount())
                .param("shipping", totals.shipping().amount())
                .param("discount", totals.discount().amount())
                .param("total", totals.total().amount())
                .param("placedAt", session.placedAt() == null ? null : Sql.timestamp(session.placedAt()))
                .param("externalReference", session.externalReference())
                .param("expiresAt", Sql.timestamp(session.expiresAt()))
                .update();
    }

    @Nullable CheckoutSession find(Transaction tx, UUID id) {
        return tx.jdbc()
                .sql("SELECT * FROM checkout_sessions WHERE tenant_id = :tenantId AND id = :id")
                .param("tenantId", RequestContext.currentTenant())
                .param("id", id)
                .query((row, number) -> session(row))
                .optional()
                .orElse(null);
    }

    /** How the buyer pays for the order that is being placed; {@code null} if it is not. */
    @Nullable PaymentChoice payment(Transaction tx, UUID id, UUID orderId) {
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
                        new PaymentChoice(row.getString("payment_method_type"), row.getString("payment_token")))
                .optional()
                .orElse(null);
    }

    /** Whether the method was chosen: the checkout is open and still in this version. */
    boolean chooseShipping(Transaction tx, CheckoutSession read, ShippingOption option, Totals totals, Instant now) {
        return tx.jdbc()
                        .sql("""
                                UPDATE checkout_sessions
                                SET shipping_method_id = :methodId, shipping_method_name = :methodName,
                                    shipping_options = :options, shipping_amount = :shipping, total_amount = :total,
                                    version = version + 1, updated_at = clock_timestamp()
                                WHERE tenant_id = :tenantId AND id = :id AND status = 'OPEN' AND version = :version
                                  AND expires_at > :now
                                """)
                        .param("methodId", option.methodId())
                        .param("methodName", option.name())
                        .param("options", Sql.json(json.writeValueAsString(read.shippingOptions())))
                        .param("shipping", totals.shipping().amount())
                        .param("total", totals.total().amount())
                        .param("tenantId", RequestContext.currentTenant())
                        .param("id", read.id())
                        .param("version", read.version())
                        .param("now", Sql.timestamp(now))
                        .update()
                == 1;
    }

    /** Whether this completion may run: the checkout was open, in this version, and nobody else completes it. */
    boolean beginCompletion(Transaction tx, CheckoutSession read, UUID orderId, PaymentChoice payment, Instant now) {
        return tx.jdbc()
                        .sql("""
                                UPDATE checkout_sessions
                                SET status = 'COMPLETING', order_id = :orderId, payment_method_type = :provider,
                                    payment_token = :token, last_refusal = NULL, version = version + 1,
                                    updated_at = clock_timestamp()
                                WHERE tenant_id = :tenantId AND id = :id AND status = 'OPEN' AND version = :version
                                  AND expires_at > :now
                                """)
                        .param("orderId", orderId)
                        .param("provider", payment.provider())
                        .param("token", payment.token())
                        .param("tenantId", RequestContext.currentTenant())
                        .param("id", read.id())
                        .param("version", read.version())
                        .param("now", Sql.timestamp(now))
                        .update()
                == 1;
    }

    /** Writes that the order is confirmed. */
    void complete(Transaction tx, UUID id, UUID orderId, String orderNumber) {
        requireOne(tx.jdbc()
                .sql("""
                        UPDATE checkout_sessions
                        SET status = 'COMPLETED', order_number = :orderNumber, payment_token = NULL,
                            cart_conversion_due = cart_id IS NOT NULL, completed_at = clock_timestamp(),
                            version = version + 1, updated_at = clock_timestamp()
                        WHERE tenant_id = :tenantId AND id = :id AND status = 'COMPLETING' AND order_id = :orderId
                        """)
                .param("orderNumber", orderNumber)
                .param("tenantId", RequestContext.currentTenant())
                .param("id", id)
                .param("orderId", orderId)
                .update());
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
            throw new IllegalStateException("the checkout of a saga is COMPLETING until the saga ends");
        }
    }

    private CheckoutSession session(ResultSet row) throws SQLException {
        UUID cartId = row.getObject("cart_id", UUID.class);
        return new CheckoutSession(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getObject("guest_id", UUID.class),
                row.getString("email"),
                cartId == null ? null : new CheckoutSession.CartVersion(cartId, row.getLong("cart_version")),
                CheckoutStatus.valueOf(row.getString("status")),
                List.of(json.readValue(row.getString("lines"), CheckoutLine[].class)),
                json.readValue(row.getString("shipping_address"), Address.class),
                json.readValue(row.getString("billing_address"), Address.class),
                List.of(json.readValue(row.getString("shipping_options"), ShippingOption[].class)),
                row.getObject("shipping_method_id", UUID.class),
                row.getString("shipping_method_name"),
                totals(row),
                instant(row, "placed_at"),
                row.getString("external_reference"),
                row.getObject("order_id", UUID.class),
                row.getString("order_number"),
                row.getString("last_refusal"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static Totals totals(ResultSet row) throws SQLException {
        Currency currency = Money.currencyOf(row.getString("currency"));
        return new Totals(
                money(row.getBigDecimal("subtotal"), currency),
                money(row.getBigDecimal("tax_amount"), currency),
                money(row.getBigDecimal("shipping_amount"), currency),
                money(row.getBigDecimal("discount_amount"), currency),
                money(row.getBigDecimal("total_amount"), currency));
    }

    private static Money money(BigDecimal amount, Currency currency) {
        return Money.of(amount, currency);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
