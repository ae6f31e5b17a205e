package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.order.NoteStore.Writing;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the shop notes on its orders. */
@Tag("ORD-01")
class NotesDbTest {

    private static final OrderFixture SHOP = new OrderFixture();
    private static final OrderDetails DETAILS = new OrderDetails(SHOP.database, SHOP.sealing);
    private static final WritingNotes WRITING = OrderConfiguration.writingNotes(SHOP.database, SHOP.sealing, SHOP.json);
    private static final String WORDS = "Ada Lovelace rang and was cross";

    private final UUID customer = Ids.next();
    private final RequestContext staff = Contexts.staff(SHOP.tenant, Permissions.ORDERS_READ, Permissions.ORDERS_NOTE);

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private WrittenNote write(UUID order, String text, boolean visible, String key) {
        return Objects.requireNonNull(staff.supply(() -> WRITING.write(order, new WriteNote(text, visible), key))
                .body());
    }

    private WrittenNote write(UUID order, String text, boolean visible) {
        return write(order, text, visible, Ids.next().toString());
    }

    private String refusal(UUID order) {
        return catchThrowableOfType(ProblemException.class, () -> write(order, WORDS, false))
                .code();
    }

    private OrderView find(UUID order) {
        return staff.supply(() -> DETAILS.find(order).orElseThrow());
    }

    private List<String> texts(RequestContext reader, UUID order) {
        return reader.supply(() -> DETAILS.find(order).orElseThrow()).notesOfShop().stream()
                .map(OrderView.Note::text)
                .toList();
    }

    private Writing store(UUID order, String sealed) {
        return staff.supply(() -> SHOP.database.inTransaction(tx ->
                new NoteStore().write(tx, order, Ids.next(), sealed, false).orElseThrow()));
    }

    private String sealed(UUID order) {
        return Objects.requireNonNull(
                SHOP.asSystem(() -> new SealingWords(SHOP.database, SHOP.sealing).sealNote(order, Ids.next(), WORDS)));
    }

    private void erase() {
        OrderRecordsEndpoint records = new OrderRecordsEndpoint(SHOP.database, DETAILS, SHOP.json);
        SHOP.asSystem(() -> records.erase(new Person(customer, null)));
    }

    private static JdbcClient admin() {
        return SHOP.testDatabase.admin();
    }

    private static int notes(UUID order) {
        return admin().sql("SELECT count(*) FROM order_notes WHERE order_id = :id")
                .param("id", order)
                .query(Integer.class)
                .single();
    }

    @Test
    void theShopReadsItsNotesWithWhoWroteThemAndWhen() {
        UUID order = SHOP.confirmed(customer);
        WrittenNote first = write(order, WORDS, false);
        write(order, "will be sent on Monday", true);

        assertThat(find(order).notesOfShop()).hasSize(2).first().satisfies(note -> {
            assertThat(note.id()).isEqualTo(first.noteId());
            assertThat(note.text()).isEqualTo(WORDS);
            assertThat(note.visibleToCustomer()).isFalse();
            assertThat(note.createdAt()).isEqualTo(first.createdAt());
            assertThat(note.by())
                    .isEqualTo(new OrderView.Actor("STAFF", staff.principal().id()));
        });
        assertThat(OrderNotes.of(find(order)).items()).hasSize(2);
    }

    @Test
    @Tag("PLT-28")
    void aBuyerReadsWhatIsMeantForBuyersAndNotWhoWroteIt() {
        UUID order = SHOP.confirmed(customer);
        write(order, WORDS, false);
        write(order, "will be sent on Monday", true);
        RequestContext buyer = Contexts.customer(SHOP.tenant, customer);

        assertThat(texts(buyer, order)).containsExactly("will be sent on Monday");
        OrderView seen = buyer.supply(() -> DETAILS.find(order).orElseThrow());
        assertThat(seen.notesOfShop()).allSatisfy(note -> assertThat(note.by()).isNull());
        assertThat(seen.history())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.by()).isNull());
        assertThat(find(order).history())
                .allSatisfy(change -> assertThat(change.by()).isNotNull());
    }

    @Test
    @Tag("PLT-18")
    void inTheDatabaseABuyerSeesNoNoteThatIsForTheShopAndWritesNone() {
        UUID order = SHOP.confirmed(customer);
        write(order, WORDS, false);
        write(order, "will be sent on Monday", true);
        RequestContext buyer = Contexts.customer(SHOP.tenant, customer);

        assertThat(buyer.<Integer>supply(() -> SHOP.database.inTransaction(tx -> tx.jdbc()
                        .sql("SELECT count(*) FROM order_notes")
                        .query(Integer.class)
                        .single())))
                .isEqualTo(1);
        String sealed = sealed(order);
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> buyer.run(() ->
                        SHOP.database.inTransaction(tx -> new NoteStore().write(tx, order, Ids.next(), sealed, true))));
        assertThat(notes(order)).isEqualTo(2);
    }

    @Test
    @Tag("PLT-28")
    void aNoteStandsNowhereInClear() {
        UUID order = SHOP.confirmed(customer);
        write(order, WORDS, true);

        for (String table : List.of("order_notes", "idempotency_keys", "outbox_events")) {
            assertThat(admin().sql("SELECT count(*) FROM " + table + " t WHERE t::text LIKE '%Lovelace%'")
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void aNoteThatIsSentTwiceIsWrittenOnce() {
        UUID order = SHOP.confirmed(customer);
        WrittenNote first = write(order, WORDS, true, "a-key");

        assertThat(write(order, WORDS, true, "a-key")).isEqualTo(first);
        assertThat(notes(order)).isEqualTo(1);
    }

    @Test
    void whatTheShopHasNotCannotBeNotedOn() {
        UUID order = SHOP.confirmed(customer);
        assertThat(refusal(Ids.next())).isEqualTo("order-not-found");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Contexts.staff(Contexts.newTenant(), Permissions.ORDERS_NOTE)
                        .run(() -> WRITING.write(order, new WriteNote(WORDS, false), "other")))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("order-not-found"));
    }

    @Test
    @Tag("PLT-30")
    void notesAreToldToTheBuyerOnDemandAndGoWithTheBuyer() {
        UUID order = SHOP.confirmed(customer);
        write(order, WORDS, false);
        OrderRecordsEndpoint records = new OrderRecordsEndpoint(SHOP.database, DETAILS, SHOP.json);
        assertThat(SHOP.asSystem(() -> records.export(new Person(customer, null)))
                        .records()
                        .getFirst()
                        .json())
                .contains(WORDS)
                .as("nor is it told who of the shop wrote it")
                .doesNotContain(String.valueOf(staff.principal().id()));

        erase();

        assertThat(notes(order)).isZero();
        assertThat(refusal(order)).isEqualTo("person-erased");
        assertThat(SHOP.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PLT-30")
    void aNoteThatIsWrittenWhileTheBuyerIsForgottenIsNotKept() throws Exception {
        UUID order = SHOP.confirmed(customer);
        String sealed = sealed(order);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Writing> writing = SHOP.asSystem(() -> SHOP.database.inTransaction(tx -> {
                tx.jdbc()
                        .sql(
                                "UPDATE orders SET email_sealed = NULL, erased_at = now() WHERE tenant_id = :tenantId AND id = :id")
                        .param("tenantId", SHOP.tenant)
                        .param("id", order)
                        .update();
                Future<Writing> meanwhile = thread.submit(() -> store(order, sealed));
                SHOP.testDatabase.awaitLockWaitOr(meanwhile::isDone);
                return meanwhile;
            }));
            assertThat(writing.get(1, TimeUnit.MINUTES)).isEqualTo(new Writing.BuyerErased());
        }
        assertThat(notes(order)).isZero();
    }

    @Test
    void ofTheLastNotesThatThereIsRoomForNoMoreAreWrittenHoweverManyTryAtOnce() throws InterruptedException {
        UUID order = SHOP.confirmed(customer);
        String sealed = sealed(order);
        admin().sql("""
                        INSERT INTO order_notes (tenant_id, id, order_id, note_sealed, created_by)
                        SELECT :tenantId, gen_random_uuid(), :id, :sealed, 'STAFF' FROM generate_series(1, :count)
                        """)
                .param("tenantId", SHOP.tenant)
                .param("id", order)
                .param("sealed", sealed)
                .param("count", NoteStore.MAX_NOTES - 2)
                .update();

        List<Writing> writings = Concurrently.run(8, () -> store(order, sealed)).valuesOrThrow();

        assertThat(writings.stream().filter(Writing.Written.class::isInstance)).hasSize(2);
        assertThat(notes(order)).isEqualTo(NoteStore.MAX_NOTES);
        assertThat(refusal(order)).isEqualTo("too-many-notes");
    }

    @Test
    void whatIsNotedIsNotChangedBehindTheBackOfWhoWroteIt() {
        UUID order = SHOP.confirmed(customer);
        write(order, WORDS, false);
        for (String change : List.of("is_customer_visible = true", "created_by = 'STAFF'")) {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> staff.run(() -> SHOP.database.inTransaction(tx ->
                            tx.jdbc().sql("UPDATE order_notes SET " + change).update())));
        }
    }

    @Test
    void aNoteOfSomebodyForgottenIsReportedAsBroken() {
        try (OrderFixture shop = new OrderFixture()) {
            UUID order = shop.confirmed(customer);
            shop.testDatabase
                    .admin()
                    .sql("INSERT INTO order_notes (tenant_id, id, order_id, note_sealed, created_by)"
                            + " VALUES (:tenantId, gen_random_uuid(), :id, 's1.a', 'STAFF')")
                    .param("tenantId", shop.tenant)
                    .param("id", order)
                    .update();
            assertThat(shop.brokenInvariants()).isEmpty();
            shop.testDatabase
                    .admin()
                    .sql("UPDATE orders SET email_sealed = NULL, erased_at = now()")
                    .update();
            assertThat(shop.brokenInvariants()).containsExactly("notes-go-with-the-buyer");
        }
    }
}
