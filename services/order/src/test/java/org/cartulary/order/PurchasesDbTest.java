package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.FindPurchase;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CAT-03")
class PurchasesDbTest {

    private static final OrderFixture FIXTURE = new OrderFixture();

    private final PurchasesEndpoint purchases = new PurchasesEndpoint(FIXTURE.database);

    @AfterAll
    static void close() {
        FIXTURE.testDatabase.close();
    }

    private static UUID soldIn(UUID order) {
        return FIXTURE.testDatabase
                .admin()
                .sql("SELECT product_id FROM order_items WHERE order_id = :id LIMIT 1")
                .param("id", order)
                .query(UUID.class)
                .single();
    }

    private boolean hasBought(UUID customer, UUID sold) {
        return FIXTURE.asSystem(() -> purchases.find(new FindPurchase(customer, List.of(Ids.next(), sold))))
                .paid();
    }

    @Test
    void onlyWhatTheCustomerHasPaidCountsAsBought() {
        UUID customer = Ids.next();
        UUID sold = soldIn(FIXTURE.confirmed(customer));
        UUID waiting = Ids.next();

        assertThat(hasBought(customer, sold)).isTrue();
        assertThat(hasBought(Ids.next(), sold)).as("somebody else").isFalse();
        assertThat(hasBought(customer, Ids.next())).as("something else").isFalse();
        assertThat(hasBought(waiting, soldIn(FIXTURE.placed(waiting))))
                .as("not paid")
                .isFalse();
        assertThat(Contexts.system(Contexts.newTenant())
                        .supply(() -> purchases.find(new FindPurchase(customer, List.of(sold))))
                        .paid())
                .as("in another shop")
                .isFalse();
    }
}
