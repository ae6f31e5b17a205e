package org.cartulary.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-30")
class CheckoutRecordsDbTest {

    private static TestDatabase database;

    private final Shop shop = new Shop(database);
    private final CheckoutRecordsEndpoint records = new CheckoutRecordsEndpoint(
            database.database(),
            new CheckoutStore(ApiJson.tolerant()),
            new SealingCheckouts(Shop.PERSONAL_DATA, ApiJson.tolerant()),
            ApiJson.tolerant());

    @BeforeAll
    static void open() {
        database = TestDatabase.create("checkout");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private ErasedRecords erase() {
        return Contexts.system(shop.tenant).supply(() -> records.erase(new Person(shop.customer, null)));
    }

    private String everything(String table) {
        return database.admin()
                .sql("SELECT coalesce(string_agg(t::text, ''), '') FROM " + table + " t WHERE tenant_id = :tenant")
                .param("tenant", shop.tenant)
                .query(String.class)
                .single();
    }

    @Test
    @Tag("PLT-28")
    void neitherTheCheckoutNorTheAnswerThatIsKeptTellsWhoBuys() {
        CheckoutView view = shop.open();

        assertThat(view.shippingAddress()).isEqualTo(Shop.ADDRESS);
        for (String table : new String[] {"checkout_sessions", "idempotency_keys", "saga_instances"}) {
            assertThat(everything(table))
                    .as(table)
                    .doesNotContain(view.email(), Shop.ADDRESS.addressLine1(), String.valueOf(Shop.ADDRESS.lastName()));
        }
    }

    @Test
    void checkoutsAreToldAndForgotten() {
        UUID checkout = shop.open().id();
        assertThat(Contexts.system(shop.tenant)
                        .supply(() -> records.export(new Person(shop.customer, null)))
                        .records()
                        .getFirst()
                        .json())
                .contains(checkout.toString(), Shop.ADDRESS.addressLine1());

        assertThat(erase().waitsFor()).isNull();

        assertThat(everything("checkout_sessions")).isEmpty();
        assertThat(everything("idempotency_keys")).isEmpty();
        assertThat(erase()).isEqualTo(ErasedRecords.all(0));
    }

    @Test
    void aCheckoutWhoseOrderIsBeingPlacedIsWaitedFor() {
        UUID checkout = shop.open().id();
        database.admin()
                .sql("UPDATE checkout_sessions SET status = 'COMPLETING', order_id = id, payment_method_type = 'TEST',"
                        + " payment_token = 's1.t' WHERE id = :id")
                .param("id", checkout)
                .update();

        assertThat(erase().waitsFor()).isNotNull();
        assertThat(everything("checkout_sessions")).isNotEmpty();
    }
}
