package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.UnfinishedOrders;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-30")
class OrderRecordsDbTest {

    private static final OrderFixture FIXTURE = new OrderFixture();

    private final OrderDetails details = new OrderDetails(FIXTURE.database, FIXTURE.sealing);
    private final OrderRecordsEndpoint records = new OrderRecordsEndpoint(FIXTURE.database, details, FIXTURE.json);

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
    void noIdLeadsFromAnErasedOrderOfAGuestToAnother() {
        UUID guest = Ids.next();
        List<UUID> orders = Stream.generate(Ids::next).limit(2).toList();
        for (UUID order : orders) {
            FIXTURE.asSystem(() -> FIXTURE.orders.create(OrderFixture.order(
                    order, null, guest, OrderFixture.WIDE, null, null, List.of(OrderFixture.line("A", 1, "1.00")))));
            FIXTURE.asSystem(() -> FIXTURE.orders.confirm(new ConfirmOrder(order, Ids.next(), "CARD")));
        }
        UUID subject = subjectOf(orders.getFirst());
        assertThat(subjectOf(orders.getLast())).isEqualTo(subject);
        Person person = Person.guest(subject);
        assertThat(FIXTURE.asSystem(() -> records.trace(person)).orderIds()).containsAll(orders);
        assertThat(FIXTURE.asSystem(() -> records.trace(person)).guestIds()).contains(guest);

        FIXTURE.asSystem(() -> records.erase(person));

        assertThat(subjectOf(orders.getFirst())).isNotIn(subject, subjectOf(orders.getLast()));
        assertThat(subjectOf(orders.getLast())).isNotEqualTo(subject);
        assertThat(FIXTURE.testDatabase
                        .admin()
                        .sql("SELECT count(*) FROM orders WHERE guest_id = :guest")
                        .param("guest", guest)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(FIXTURE.asSystem(() -> records.erase(person))).isEqualTo(ErasedRecords.all(0));
    }

    private static UUID createdByGuest(UUID token) {
        UUID order = Ids.next();
        FIXTURE.asSystem(() -> FIXTURE.orders.create(OrderFixture.order(
                order, null, token, OrderFixture.WIDE, null, null, List.of(OrderFixture.line("A", 1, "1.00")))));
        return order;
    }

    private static void confirm(UUID order) {
        FIXTURE.asSystem(() -> FIXTURE.orders.confirm(new ConfirmOrder(order, Ids.next(), "CARD")));
    }

    private String emailOf(UUID order) {
        return String.valueOf(
                FIXTURE.asSystem(() -> details.find(order).orElseThrow()).email());
    }

    @Test
    void whatAGuestOrdersAfterTheRequestIsLeft() {
        UUID before = createdByGuest(Ids.next());
        confirm(before);
        Instant request = FIXTURE.testDatabase
                .admin()
                .sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        UUID after = createdByGuest(Ids.next());
        Person person = new Person(null, subjectOf(before), request);

        assertThat(FIXTURE.asSystem(() -> records.erase(person)).waitsFor()).isNull();
        confirm(after);
        assertThat(FIXTURE.asSystem(() -> records.erase(person))).isEqualTo(ErasedRecords.all(0));

        assertThat(emailOf(before)).isEqualTo("null");
        assertThat(emailOf(after)).isEqualTo("ada@example.org");
        assertThat(FIXTURE.asSystem(() -> records.trace(Person.guest(subjectOf(after))))
                        .orderIds())
                .contains(after)
                .doesNotContain(before);
    }

    @Test
    void anOrderThatIsBeingPlacedIsLeftWhereOthersAreForgotten() {
        UUID confirmed = createdByGuest(Ids.next());
        confirm(confirmed);
        UUID beingPlaced = createdByGuest(Ids.next());
        Person guest = Person.guest(subjectOf(confirmed));

        assertThat(FIXTURE.asSystem(() -> records.erase(guest)).waitsFor()).isNotNull();

        assertThat(emailOf(confirmed)).isEqualTo("null");
        assertThat(emailOf(beingPlaced)).isEqualTo("ada@example.org");
        confirm(beingPlaced);
        assertThat(FIXTURE.asSystem(() -> records.erase(guest)).waitsFor()).isNull();
        assertThat(emailOf(beingPlaced)).isEqualTo("null");
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
