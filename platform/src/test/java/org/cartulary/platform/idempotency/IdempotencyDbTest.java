package org.cartulary.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency.Request;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IdempotencyDbTest {

    record Receipt(UUID id, int amount) {}

    private static final Shop SHOP = new Shop();
    private final Idempotency idempotency = new Idempotency(SHOP.database, SHOP.json);
    private final RequestContext customer = customer();
    private final String key = Ids.next().toString();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private static RequestContext customer() {
        return caller(Principal.Kind.CUSTOMER);
    }

    private static RequestContext caller(Principal.Kind kind) {
        return new RequestContext(SHOP.tenant, new Principal(kind, Ids.next(), Set.of()), TraceIds.next());
    }

    private StoredAnswer<Receipt> pay(RequestContext who, @Nullable String key, int amount) {
        return who.supply(() ->
                idempotency.once(new Request("POST /payments", key, Map.of("amount", amount)), Receipt.class, tx -> {
                    Shop.note(tx, "paid " + key);
                    return Answer.created(new Receipt(Ids.next(), amount), "/payments/1");
                }));
    }

    private long paid() {
        return SHOP.effects().stream().filter(("paid " + key)::equals).count();
    }

    private static boolean somebodyWaitsForALock() {
        return SHOP.admin()
                .sql("SELECT EXISTS (SELECT FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single();
    }

    private static void assertProblem(String code, int status, Runnable call) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(call::run).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.status().value()).isEqualTo(status);
        });
    }

    @Test
    @Tag("PLT-13")
    void theSameRequestTakesEffectOnceAndGetsTheSameAnswer() {
        StoredAnswer<Receipt> first = pay(customer, key, 5);
        StoredAnswer<Receipt> second = pay(customer, key, 5);
        assertThat(first.replayed()).isFalse();
        assertThat(second).isEqualTo(new StoredAnswer<>(201, first.body(), "/payments/1", true));
        assertThat(paid()).isEqualTo(1);
    }

    @Test
    @Tag("PLT-13")
    void theSameKeyWithAnotherBodyIsRefused() {
        pay(customer, key, 5);
        assertProblem("idempotency-key-reused", 422, () -> pay(customer, key, 6));
        assertThat(paid()).isEqualTo(1);
    }

    @Test
    @Tag("PLT-13")
    void theKeyOfAnotherPrincipalIsAnotherKey() {
        // The database lets members of staff see all keys of the shop: only this tells theirs apart.
        pay(caller(Principal.Kind.STAFF), key, 5);
        assertThat(pay(caller(Principal.Kind.STAFF), key, 6).replayed()).isFalse();
        pay(customer, key, 7);
        assertThat(pay(customer(), key, 8).replayed()).isFalse();
        assertThat(paid()).isEqualTo(4);
    }

    @Test
    @Tag("PLT-13")
    void theOrderOfPropertiesDoesNotMatter() {
        Map<String, Object> one = new LinkedHashMap<>(Map.of("a", 1));
        one.put("b", Map.of("c", 2));
        Map<String, Object> other = new LinkedHashMap<>(Map.of("b", Map.of("c", 2)));
        other.put("a", 1);
        customer.run(() -> {
            idempotency.once(new Request("PUT /x", key, one), String.class, tx -> Answer.noContent());
            StoredAnswer<String> again =
                    idempotency.once(new Request("PUT /x", key, other), String.class, tx -> Answer.ok("twice"));
            assertThat(again).isEqualTo(new StoredAnswer<String>(204, null, null, true));
        });
    }

    @Test
    @Tag("PLT-13")
    void aFaultStoresNothingAndFreesTheKey() {
        assertThatIllegalStateException()
                .isThrownBy(() -> customer.run(() ->
                        idempotency.once(new Request("POST /payments", key, Map.of("amount", 5)), Receipt.class, tx -> {
                            Shop.note(tx, "paid " + key);
                            throw new IllegalStateException("no");
                        })));
        assertThat(pay(customer, key, 5).replayed()).isFalse();
        assertThat(paid()).isEqualTo(1);
    }

    @Test
    @Tag("PLT-13")
    void aTwinIsSentAwayWhileTheFirstIsWorkedOn() throws Exception {
        var working = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<StoredAnswer<Receipt>> first = executor.submit(() -> customer.supply(() ->
                    idempotency.once(new Request("POST /payments", key, Map.of("amount", 5)), Receipt.class, tx -> {
                        Shop.note(tx, "paid " + key);
                        working.countDown();
                        try {
                            finish.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return Answer.ok(new Receipt(Ids.next(), 5));
                    })));
            working.await();
            Future<StoredAnswer<Receipt>> twin = executor.submit(() -> pay(customer, key, 5));
            try {
                Shop.await(() -> twin.isDone() || somebodyWaitsForALock());
                assertThat(twin.state()).as("it does not wait").isEqualTo(Future.State.FAILED);
                assertProblem("request-in-progress", 409, () -> {
                    throw (ProblemException) twin.exceptionNow();
                });
            } finally {
                finish.countDown();
            }
            StoredAnswer<Receipt> answer = first.get();
            assertThat(pay(customer, key, 5).body()).isEqualTo(answer.body());
        }
        assertThat(paid()).isEqualTo(1);
    }

    @Test
    @Tag("PLT-13")
    void aClaimForASagaIsInProgressUntilItIsCompleted() {
        UUID saga = Ids.next();
        var request = new Request("POST /orders", key, Map.of("amount", 5));
        var receipt = new Receipt(Ids.next(), 5);
        Claim<Receipt> claim = customer.supply(
                () -> SHOP.database.inTransaction(tx -> idempotency.claim(tx, request, saga, Receipt.class)));
        assertThat(claim).isEqualTo(new Claim.Claimed<>());
        Claim<Receipt> twin = customer.supply(
                () -> SHOP.database.inTransaction(tx -> idempotency.claim(tx, request, Ids.next(), Receipt.class)));
        assertThat(twin).isEqualTo(new Claim.UnderWay<>(saga));
        assertProblem(
                "request-in-progress",
                409,
                () -> customer.run(() -> idempotency.once(request, Receipt.class, tx -> {
                    throw new AssertionError("done twice");
                })));
        boolean completed = SHOP.context()
                .supply(() -> SHOP.database.inTransaction(
                        tx -> idempotency.complete(tx, saga, Answer.created(receipt, "/orders/1"))));
        assertThat(completed).isTrue();
        Claim<Receipt> again = customer.supply(
                () -> SHOP.database.inTransaction(tx -> idempotency.claim(tx, request, Ids.next(), Receipt.class)));
        assertThat(again).isEqualTo(new Claim.Answered<>(new StoredAnswer<>(201, receipt, "/orders/1", true)));
    }

    @Test
    @Tag("PLT-13")
    void aKeyIsRequiredAndItsTimeEnds() {
        assertProblem("idempotency-key-required", 400, () -> pay(customer, null, 5));
        assertProblem("idempotency-key-required", 400, () -> pay(customer, "x".repeat(256), 5));
        pay(customer, key, 5);
        SHOP.execute("UPDATE idempotency_keys SET expires_at = now() WHERE key = '" + key + "'");
        assertThat(pay(customer, key, 6).replayed()).isFalse();
        SHOP.execute("UPDATE idempotency_keys SET expires_at = now() WHERE key = '" + key + "'");
        assertThat(Idempotency.purgeExpired(SHOP.database, 10)).isEqualTo(1);
    }

    @Test
    @Tag("PLT-13")
    void theKeyOfAnotherGuestOrAnotherShopIsAnotherKey() {
        var guest = new RequestContext(
                SHOP.tenant, new Principal(Principal.Kind.GUEST, Ids.next(), Set.of()), TraceIds.next());
        var otherGuest = new RequestContext(
                SHOP.tenant, new Principal(Principal.Kind.GUEST, Ids.next(), Set.of()), TraceIds.next());
        var sameIdElsewhere = new RequestContext(Ids.next(), guest.principal(), TraceIds.next());
        pay(guest, key, 5);

        assertThat(pay(otherGuest, key, 6).replayed()).isFalse();
        assertThat(pay(sameIdElsewhere, key, 7).replayed()).isFalse();
        assertThat(pay(guest, key, 5).replayed()).isTrue();
    }

    @Test
    @Tag("PLT-13")
    void withoutAKeyEachRequestIsOneOfItsOwn() {
        customer.run(() -> {
            for (int i = 0; i < 2; i++) {
                idempotency.onceIfKeyed(new Request("POST /carts", null, Map.of()), String.class, tx -> {
                    Shop.note(tx, "paid " + key);
                    return Answer.noContent();
                });
            }
        });
        assertThat(paid()).isEqualTo(2);
        assertProblem(
                "idempotency-key-required",
                400,
                () -> customer.run(() -> idempotency.onceIfKeyed(
                        new Request("POST /carts", " ", Map.of()), String.class, tx -> Answer.noContent())));
    }

    @Test
    @Tag("PLT-13")
    void aRefusalThatIsThrownIsDecidedAnewAndOneThatIsAnsweredIsKept() {
        customer.run(() -> {
            Request thrown = new Request("POST /thrown", key, Map.of());
            assertProblem(
                    "no",
                    409,
                    () -> idempotency.once(thrown, String.class, tx -> {
                        throw ProblemException.conflict("no", "not now");
                    }));
            assertThat(idempotency
                            .once(thrown, String.class, tx -> Answer.ok("now"))
                            .replayed())
                    .isFalse();

            Request answered = new Request("POST /answered", key, Map.of());
            idempotency.once(answered, String.class, tx -> Answer.of(402, "declined"));
            assertThat(idempotency.once(answered, String.class, tx -> Answer.ok("taken")))
                    .isEqualTo(new StoredAnswer<>(402, "declined", null, true));
        });
    }
}
