package org.cartulary.order;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cartulary.contracts.order.OrderRecordsApi;
import org.cartulary.contracts.order.UnfinishedOrders;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Idempotency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What orders say of people. Forgetting somebody leaves what was bought and paid, and no word of who it was. */
@RestController
final class OrderRecordsEndpoint implements OrderRecordsApi {

    /** The orders of somebody, with or without an account; those that were made nobody's stay so, whoever has the address later. */
    private static final String OF_PERSON = "tenant_id = :tenantId AND erased_at IS NULL"
            + " AND (customer_id = :customerId::uuid OR customer_id IS NULL AND subject_id = :guestSubjectId::uuid"
            + " AND created_at <= coalesce(:guestUntil::timestamptz, 'infinity'))";

    /** What of an order's parts tells who bought. A parcel's number leads to where it went. */
    private static final List<String> FORGET_PARTS = List.of(
            "DELETE FROM order_addresses",
            "DELETE FROM order_notes",
            "UPDATE order_refunds SET words_sealed = NULL",
            "UPDATE order_shipments SET tracking_number_sealed = NULL, tracking_url_sealed = NULL, words_sealed = NULL");

    /** What was said of parcels on their way, and which guest did something with an order or a parcel. */
    private static final String FORGET_WAYS = """
            WITH history AS (
                UPDATE order_status_history h
                SET changed_by = 'GUEST'
                WHERE h.tenant_id = :tenantId AND h.order_id = ANY (:orders) AND h.changed_by LIKE 'GUEST:%'
            )
            UPDATE order_shipment_events e
            SET words_sealed = NULL, changed_by = CASE WHEN e.changed_by LIKE 'GUEST:%' THEN 'GUEST' ELSE e.changed_by END
            FROM order_shipments s
            WHERE s.tenant_id = :tenantId AND s.order_id = ANY (:orders)
              AND e.tenant_id = s.tenant_id AND e.shipment_id = s.id
              AND (e.words_sealed IS NOT NULL OR e.changed_by LIKE 'GUEST:%')
            """;

    /** An order, and under which Guest-Token it was placed. */
    private record Trace(UUID orderId, @Nullable UUID guestId) {}

    private final Database database;
    private final OrderDetails details;
    private final JsonMapper json;

    OrderRecordsEndpoint(Database database, OrderDetails details, JsonMapper json) {
        this.database = database;
        this.details = details;
        this.json = json;
    }

    private static JdbcClient.StatementSpec ofPerson(JdbcClient.StatementSpec statement, Person person) {
        Instant until = person.guestUntil();
        return statement
                .param("guestUntil", until == null ? null : Sql.timestamp(until))
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", person.customerId())
                .param("guestSubjectId", person.guestSubjectId());
    }

    @Override
    public UnfinishedOrders unfinished(Person person) {
        return asPlatform(() -> database.inReadTransaction(tx -> unfinished(tx, person)));
    }

    /** Whoever asks may be the customer, whose transactions do not see what the same person has ordered as a guest. */
    private static <T> T asPlatform(Supplier<T> work) {
        return RequestContext.current().asSystem().supply(work);
    }

    private static UnfinishedOrders unfinished(Transaction tx, Person person) {
        return ofPerson(tx.jdbc().sql("""
                        SELECT count(*) FILTER (WHERE status IN ('CREATED', 'PAID')) AS under_way,
                               count(*) FILTER (WHERE status IN ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED'))
                                   AS undelivered
                        FROM orders
                        WHERE %s
                        """.formatted(OF_PERSON)), person)
                .query((row, number) -> new UnfinishedOrders(row.getInt("under_way"), row.getInt("undelivered")))
                .single();
    }

    @Override
    public KeptRecords export(Person person) {
        return asPlatform(() -> exported(person));
    }

    private KeptRecords exported(Person person) {
        List<UUID> ids = database.inReadTransaction(tx -> ofPerson(
                        tx.jdbc().sql("SELECT id FROM orders WHERE %s ORDER BY placed_at, id".formatted(OF_PERSON)),
                        person)
                .query(UUID.class)
                .list());
        List<OrderView> orders =
                ids.stream().flatMap(id -> details.find(id).stream()).toList();
        return new KeptRecords(List.of(new KeptRecord(
                "orders",
                "What you have ordered, where it went, how it was paid and what was given back.",
                json.writeValueAsString(orders))));
    }

    @Override
    public Traces trace(Person person) {
        return asPlatform(() -> database.inReadTransaction(tx -> traced(tx, person)));
    }

    private static Traces traced(Transaction tx, Person person) {
        List<Trace> traces = ofPerson(tx.jdbc().sql("SELECT id, guest_id FROM orders WHERE " + OF_PERSON), person)
                .query((row, number) ->
                        new Trace(row.getObject("id", UUID.class), row.getObject("guest_id", UUID.class)))
                .list();
        return new Traces(
                person.customerId(),
                traces.stream().map(Trace::orderId).toList(),
                List.of(),
                List.of(),
                guestsOf(traces));
    }

    private static List<UUID> guestsOf(List<Trace> traces) {
        return traces.stream()
                .flatMap(trace -> Stream.ofNullable(trace.guestId()))
                .distinct()
                .toList();
    }

    @Override
    public ErasedRecords erase(Person person) {
        return database.inTransaction(tx -> {
            List<UUID> guests = traced(tx, person).guestIds();
            // The orders first: whoever writes something with one of them waits, and then finds it erased.
            List<UUID> orders = forget(tx, person);
            int rows = orders.size() + forgetPartsOf(tx, orders);
            if (person.customerId() != null) {
                rows += Idempotency.forget(tx, Principal.Kind.CUSTOMER, person.customerId());
            }
            for (UUID guest : guestsWithoutOrders(tx, guests)) {
                rows += Idempotency.forget(tx, Principal.Kind.GUEST, guest);
            }
            return traced(tx, person).orderIds().isEmpty()
                    ? ErasedRecords.all(rows)
                    : new ErasedRecords(rows, "an order is being placed");
        });
    }

    /** A Guest-Token may be that of several people: those under which nobody has an order any more. */
    private static List<UUID> guestsWithoutOrders(Transaction tx, List<UUID> guests) {
        return tx.jdbc()
                .sql("""
                        SELECT g.id
                        FROM unnest(:guestIds) AS g (id)
                        WHERE NOT EXISTS (SELECT FROM orders o WHERE o.tenant_id = :tenantId AND o.guest_id = g.id)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("guestIds", Sql.uuidArray(guests))
                .query(UUID.class)
                .list();
    }

    /**
     * The orders get ids of nobody, each another one, so that none leads to the next. Those that are being placed or paid are left: the
     * one statement decides which these are.
     */
    private static List<UUID> forget(Transaction tx, Person person) {
        return ofPerson(tx.jdbc().sql("""
                        UPDATE orders
                        SET email_sealed = NULL, cancellation_words_sealed = NULL, notes = NULL, guest_id = NULL,
                            subject_id = gen_random_uuid(), erased_at = now()
                        WHERE %s AND status NOT IN ('CREATED', 'PAID')
                        RETURNING id
                        """.formatted(OF_PERSON)), person)
                .query(UUID.class)
                .list();
    }

    private static int forgetPartsOf(Transaction tx, List<UUID> orders) {
        int rows = 0;
        List<String> statements = Stream.concat(
                        FORGET_PARTS.stream()
                                .map(part -> part + " WHERE tenant_id = :tenantId AND order_id = ANY (:orders)"),
                        Stream.of(FORGET_WAYS))
                .toList();
        for (String sql : statements) {
            rows += tx.jdbc()
                    .sql(sql)
                    .param("tenantId", RequestContext.currentTenant())
                    .param("orders", Sql.uuidArray(orders))
                    .update();
        }
        return rows;
    }
}
