package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.cartulary.contracts.order.UnfinishedOrders;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-30")
class OrderPersonalRecordsDbTest {

    private static final OrderFixture FIXTURE = new OrderFixture();

    private final OrderDetails details = new OrderDetails(FIXTURE.database, FIXTURE.sealing);
    private final OrderPersonalRecords records = new OrderPersonalRecords(FIXTURE.database, details, FIXTURE.json);

    @AfterAll
    static void close() {
        FIXTURE.testDatabase.close();
    }

    private static UUID subjectOf(UUID order) {
        return FIXTURE.testDatabase
                .admin()
                .sql("SELECT subject_id FROM orders WHERE id = :id")
                .param("id", order)
                .query(UUID.class)
                .single();
    }

    @Test
    @Tag("PLT-28")
    void nothingThatTellsWhoBoughtStandsInClear() {
        UUID order = FIXTURE.confirmed(Ids.next());

        for (String table : new String[] {"orders", "order_addresses", "domain_events", "outbox_events"}) {
            assertThat(FIXTURE.testDatabase
                            .admin()
                            .sql("SELECT coalesce(string_agg(t::text, ''), '') FROM " + table + " t")
                            .query(String.class)
                            .single())
                    .as(table)
                    .doesNotContain("ada@example.org", "Lovelace", "St James", "SW1Y");
        }
        assertThat(FIXTURE.asSystem(() -> details.find(order).orElseThrow()).email())
                .isEqualTo("ada@example.org");
    }

    @Test
    void whoBoughtIsForgottenAndWhatWasBoughtStays() {
        UUID customer = Ids.next();
        UUID order = FIXTURE.confirmed(customer);
        Person person = new Person(customer, null);
        OrderView before = FIXTURE.asSystem(() -> details.find(order).orElseThrow());
        assertThat(FIXTURE.asSystem(() -> records.export(person))
                        .records()
                        .getFirst()
                        .json())
                .contains(order.toString(), "Lovelace");

        assertThat(FIXTURE.asSystem(() -> records.erase(person))).isEqualTo(ErasedRecords.all(3));

        OrderView after = FIXTURE.asSystem(() -> details.find(order).orElseThrow());
        assertThat(after.email()).isNull();
        assertThat(after.addresses()).isEqualTo(new OrderView.Addresses(null, null));
        assertThat(after.total()).isEqualTo(before.total());
        assertThat(after.items()).isEqualTo(before.items());
        assertThat(FIXTURE.asSystem(() -> records.erase(person))).isEqualTo(ErasedRecords.all(0));
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    void theOrdersOfAGuestAreThoseOfTheAddressAndOfNoCustomer() {
        UUID order = FIXTURE.confirmed(null);
        UUID ofCustomer = FIXTURE.confirmed(Ids.next());

        FIXTURE.asSystem(() -> records.erase(new Person(Ids.next(), subjectOf(order))));

        assertThat(FIXTURE.asSystem(() -> details.find(order).orElseThrow()).email())
                .isNull();
        assertThat(FIXTURE.asSystem(() -> details.find(ofCustomer).orElseThrow())
                        .email())
                .isEqualTo("ada@example.org");
    }

    @Test
    void anOrderThatIsBeingPlacedIsWaitedFor() {
        UUID customer = Ids.next();
        UUID order = FIXTURE.placed(customer);
        Person person = new Person(customer, null);
        assertThat(FIXTURE.asSystem(() -> records.unfinished(person))).isEqualTo(new UnfinishedOrders(1, 0));

        ErasedRecords erased = FIXTURE.asSystem(() -> records.erase(person));

        assertThat(erased.waitsFor()).isNotNull();
        assertThat(FIXTURE.asSystem(() -> details.find(order).orElseThrow()).email())
                .isNotNull();
    }
}
