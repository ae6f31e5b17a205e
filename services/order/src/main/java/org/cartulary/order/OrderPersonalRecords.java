package org.cartulary.order;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.order.OrderRecordsApi;
import org.cartulary.contracts.order.UnfinishedOrders;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Idempotency;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What orders say of people. Forgetting somebody leaves what was bought and paid, and no word of who it was. */
@RestController
final class OrderPersonalRecords implements OrderRecordsApi {

    /** The orders of somebody, with or without an account; those that were made nobody's stay so, whoever has the address later. */
    private static final String OF_PERSON = "tenant_id = :tenantId AND erased_at IS NULL"
            + " AND (customer_id = :customerId OR customer_id IS NULL AND subject_id = :guestSubjectId)";

    private final Database database;
    private final OrderDetails details;
    private final JsonMapper json;

    OrderPersonalRecords(Database database, OrderDetails details, JsonMapper json) {
        this.database = database;
        this.details = details;
        this.json = json;
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
        return tx.jdbc()
                .sql("""
                        SELECT count(*) FILTER (WHERE status IN ('CREATED', 'PAID')) AS under_way,
                               count(*) FILTER (WHERE status IN ('CONFIRMED', 'PROCESSING', 'SHIPPED')) AS undelivered
                        FROM orders
                        WHERE %s
                        """.formatted(OF_PERSON))
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", person.customerId())
                .param("guestSubjectId", person.guestSubjectId())
                .query((row, number) -> new UnfinishedOrders(row.getInt("under_way"), row.getInt("undelivered")))
                .single();
    }

    @Override
    public KeptRecords export(Person person) {
        return asPlatform(() -> exported(person));
    }

    private KeptRecords exported(Person person) {
        UUID tenantId = RequestContext.currentTenant();
        List<UUID> ids = database.inReadTransaction(tx -> tx.jdbc()
                .sql("SELECT id FROM orders WHERE %s ORDER BY placed_at, id".formatted(OF_PERSON))
                .param("tenantId", tenantId)
                .param("customerId", person.customerId())
                .param("guestSubjectId", person.guestSubjectId())
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
    public ErasedRecords erase(Person person) {
        return database.inTransaction(tx -> {
            if (unfinished(tx, person).underWay() > 0) {
                return new ErasedRecords(0, "an order is being placed");
            }
            int addresses = tx.jdbc()
                    .sql("""
                            DELETE FROM order_addresses
                            WHERE tenant_id = :tenantId AND order_id IN (SELECT id FROM orders WHERE %s)
                            """.formatted(OF_PERSON))
                    .param("tenantId", RequestContext.currentTenant())
                    .param("customerId", person.customerId())
                    .param("guestSubjectId", person.guestSubjectId())
                    .update();
            int orders = tx.jdbc()
                    .sql("""
                            UPDATE orders
                            SET email_sealed = NULL, erased_at = now(), notes = NULL
                            WHERE %s
                            """.formatted(OF_PERSON))
                    .param("tenantId", RequestContext.currentTenant())
                    .param("customerId", person.customerId())
                    .param("guestSubjectId", person.guestSubjectId())
                    .update();
            return ErasedRecords.all(
                    addresses + orders + Idempotency.forget(tx, Principal.Kind.CUSTOMER, person.customerId()));
        });
    }
}
