package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-30")
class CartRecordsDbTest {

    private static TestDatabase test;

    private final CartRecordsEndpoint records =
            new CartRecordsEndpoint(List.of(new PostgresCartRecords(test.database())));
    private final UUID tenant = Contexts.newTenant();
    private final RequestContext shop = Contexts.system(tenant);

    @BeforeAll
    static void open() {
        test = TestDatabase.create("cart");
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private UUID cart(UUID guest, String status, UUID order) {
        UUID id = Ids.next();
        test.admin()
                .sql("INSERT INTO carts (tenant_id, id, guest_id, status, ordered_order_id, currency, expires_at)"
                        + " VALUES (:tenant, :id, :guest, :status, :order::uuid, 'EUR', now() + interval '1 day')")
                .param("tenant", tenant)
                .param("id", id)
                .param("guest", guest)
                .param("status", status)
                .param("order", order)
                .update();
        return id;
    }

    private List<UUID> left() {
        return test.admin()
                .sql("SELECT id FROM carts WHERE tenant_id = :tenant")
                .param("tenant", tenant)
                .query(UUID.class)
                .list();
    }

    @Test
    void whoSharesAGuestTokenIsNeitherToldNorForgottenWithTheOther() {
        UUID token = Ids.next();
        UUID order = Ids.next();
        UUID ordered = cart(token, "ORDERED", order);
        UUID ofTheOther = cart(token, "ACTIVE", null);
        Traces person = new Traces(null, List.of(order), List.of(), List.of(), List.of(token));

        assertThat(shop.supply(() -> records.export(person))
                        .records()
                        .getFirst()
                        .json())
                .contains(ordered.toString())
                .doesNotContain(ofTheOther.toString());
        Traces traces = shop.supply(() -> records.trace(person));
        assertThat(traces.cartIds()).containsExactly(ordered);
        shop.run(() -> records.erase(new Traces(null, List.of(), List.of(), traces.cartIds(), traces.guestIds())));
        assertThat(left()).containsExactly(ofTheOther);
    }
}
