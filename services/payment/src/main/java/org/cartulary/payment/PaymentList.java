package org.cartulary.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The payments of a shop, newest first. Thread-safe. */
final class PaymentList {

    /** Greater than every id; ids sort by the time they were made. */
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final Database database;
    private final Cursors cursors;

    PaymentList(Database database, Cursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    /** A payment in the list; what it was paid with is told by brand and last digits only. */
    record Row(
            UUID id,
            UUID orderId,
            String status,
            String provider,
            @Nullable String method,
            @Nullable String cardBrand,
            @Nullable String cardLastFour,
            Money amount,
            Money authorized,
            Money captured,
            Money refunded,
            @Nullable String errorCode,
            @Nullable String errorMessage,
            Instant createdAt,
            long version) {

        static Row of(ResultSet row, int number) throws SQLException {
            Payment payment = Payment.of(row, number);
            return new Row(
                    payment.id(),
                    payment.orderId(),
                    payment.status().name(),
                    Objects.requireNonNull(payment.provider()),
                    payment.method(),
                    row.getString("card_brand"),
                    row.getString("card_last_four"),
                    payment.money(payment.amount()),
                    payment.money(payment.authorizedAmount()),
                    payment.money(payment.capturedAmount()),
                    payment.money(payment.refundedAmount()),
                    payment.errorCode(),
                    payment.errorMessage(),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    payment.version());
        }
    }

    Page<Row> list(@Nullable UUID orderId, @Nullable Integer wantedLimit, @Nullable String cursor) {
        int limit = Pages.limit(wantedLimit);
        String scope = "admin/payments?orderId=" + orderId;
        UUID before = cursor == null
                ? AFTER_ALL
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        List<Row> rows = database.inReadTransaction(tx -> {
            StatementSpec statement = tx.jdbc()
                    .sql("SELECT * FROM payments"
                            + " WHERE tenant_id = :tenantId AND id < :before AND currency IS NOT NULL"
                            + (orderId == null ? "" : " AND order_id = :orderId")
                            + " ORDER BY id DESC LIMIT :limit")
                    .param("tenantId", RequestContext.currentTenant())
                    .param("before", before)
                    .param("limit", limit + 1);
            return (orderId == null ? statement : statement.param("orderId", orderId))
                    .query(Row::of)
                    .list();
        });
        return Pages.of(
                rows, limit, row -> cursors.encode(scope, List.of(row.id().toString())));
    }
}
