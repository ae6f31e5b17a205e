package org.cartulary.platform.coalescing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.database.SqlUse;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class CoalescingDbTest {

    private static final Shop SHOP = new Shop();
    private static final CoalescingLimits PATIENT = new CoalescingLimits(
            64,
            1,
            4,
            100,
            200,
            Duration.ofSeconds(20),
            Duration.ofMillis(200),
            Duration.ofMillis(5),
            Duration.ofSeconds(20));

    private final String test = Ids.next().toString();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final List<Future<?>> unanswered = new ArrayList<>();
    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void endCallers() throws InterruptedException {
        gate.countDown();
        callers.shutdown();
        assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void close() {
        SHOP.close();
    }

    /** Notes each call and answers with the transaction; the call "first" holds its batch until the gate opens. */
    private long work(Transaction tx, String command) {
        Shop.note(tx, test + command);
        if (command.equals("first")) {
            begun.countDown();
            awaitGate();
        }
        return transactionId(tx);
    }

    private static long transactionId(Transaction tx) {
        return tx.jdbc()
                .sql("SELECT pg_current_xact_id()::text::bigint")
                .query(Long.class)
                .single();
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Coalescer<String, Long> oneByOne(Coalescing coalescing) {
        return coalescing.oneByOne("test", this::work);
    }

    private <C, R> Future<R> submit(Coalescer<C, R> coalescer, C command) {
        return submit(SHOP.tenant, coalescer, command);
    }

    private <C, R> Future<R> submit(UUID tenant, Coalescer<C, R> coalescer, C command) {
        return callers.submit(() -> RequestContext.ofSystem(tenant).supply(() -> coalescer.call(command)));
    }

    /** A call that is at work until the gate opens, so that those after it form a batch. */
    private Future<Long> begin(Coalescer<String, Long> coalescer) throws InterruptedException {
        Future<Long> first = submit(coalescer, "first");
        begun.await();
        return first;
    }

    private static void awaitWaiting(Coalescing coalescing, int calls) throws InterruptedException {
        Shop.await(() -> coalescing.waitingCalls() == calls);
    }

    private List<String> noted() {
        return SHOP.effects().stream()
                .filter(text -> text.startsWith(test))
                .map(text -> text.substring(test.length()))
                .toList();
    }

    private static ProblemException overloaded(Future<?> call) throws Exception {
        try {
            call.get();
            throw new AssertionError("the call was done");
        } catch (ExecutionException failure) {
            assertThat(failure.getCause()).isInstanceOf(ProblemException.class);
            return (ProblemException) failure.getCause();
        }
    }

    @Test
    void aBatchThatWaitsForItsPlaceTakesAlongWhatComesMeanwhile() throws Exception {
        var places = new BatchPlaces(1, Duration.ofMinutes(5));
        Coalescer<String, Long> elsewhere = oneByOne(new Coalescing(SHOP.database, PATIENT, places));
        var coalescing = new Coalescing(SHOP.database, PATIENT, places);
        Coalescer<String, Long> coalescer = oneByOne(coalescing);
        Future<Long> first = begin(elsewhere);
        Future<Long> second = submit(coalescer, "second");
        Future<Long> third = submit(coalescer, "third");
        awaitWaiting(coalescing, 2);

        gate.countDown();

        assertThat(second.get()).as("one transaction").isEqualTo(third.get()).isNotEqualTo(first.get());
    }

    @Test
    void whatComesWhileABatchIsAtWorkSharesTheNextTransaction() throws Exception {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        Coalescer<String, Long> kind = oneByOne(coalescing);
        Coalescer<String, Long> otherKind = oneByOne(coalescing);
        Future<Long> first = begin(kind);
        List<Future<Long>> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(submit(i % 2 == 0 ? kind : otherKind, "call " + i));
        }
        awaitWaiting(coalescing, 10);
        gate.countDown();

        Set<Long> transactions = new HashSet<>();
        for (Future<Long> other : others) {
            transactions.add(other.get());
        }
        assertThat(transactions).hasSize(1).doesNotContain(first.get());
        assertThat(noted()).hasSize(11);
    }

    @Test
    void whoSharesATransactionWithDearerCallsIsChargedForNoneOfThem() throws Exception {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        Coalescer<String, Long> cheap = coalescing.oneByOne("cheap", (tx, command) -> transactionId(tx));
        Coalescer<String, Long> dear = coalescing.oneByOne("dear", (tx, command) -> {
            for (int i = 0; i < 8; i++) {
                transactionId(tx);
            }
            return transactionId(tx);
        });
        Future<Long> first = begin(oneByOne(coalescing));
        SqlUse use = SqlUse.begin(false);
        Future<Long> mine = callers.submit(
                () -> RequestContext.ofSystem(SHOP.tenant).supply(() -> use.count(() -> cheap.call("mine"))));
        Future<Long> other = submit(dear, "other");
        awaitWaiting(coalescing, 2);
        gate.countDown();
        assertThat(mine.get()).isEqualTo(other.get()).isNotEqualTo(first.get());
        // Its own, and the one that binds the tenant.
        assertThat(use.statements()).isEqualTo(2);
        assertThat(use.transactions()).isEqualTo(1);
    }

    @Test
    void aCallThatComesAloneWaitsForNobody() {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        SHOP.context().run(() -> assertThat(oneByOne(coalescing).call("alone")).isPositive());
        assertThat(noted()).containsExactly("alone");
    }

    @Test
    void aCallThatFailsFailsAlone() throws Exception {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        Coalescer<String, Long> kind = coalescing.oneByOne("test", (tx, command) -> {
            long answer = work(tx, command);
            if (command.startsWith("bad")) {
                throw new IllegalArgumentException(command);
            }
            return answer;
        });
        Future<Long> first = begin(kind);
        Future<Long> good = submit(kind, "good");
        awaitWaiting(coalescing, 1);
        Future<Long> bad = submit(kind, "bad");
        awaitWaiting(coalescing, 2);
        Future<Long> better = submit(kind, "better");
        awaitWaiting(coalescing, 3);
        gate.countDown();

        assertThat(good.get()).isEqualTo(better.get()).isNotEqualTo(first.get());
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(bad::get)
                .withCause(new IllegalArgumentException("bad"));
        assertThat(noted()).containsExactlyInAnyOrder("first", "good", "better");
    }

    @Test
    void aStatementThatFailsForOneOfAllFailsForThatOneAlone() throws Exception {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        Coalescer<String, Long> kind = coalescing.together("test", (tx, calls) -> {
            calls.forEach(call -> work(tx, call.command()));
            boolean bad = calls.stream().anyMatch(call -> call.command().equals("call 5"));
            tx.jdbc()
                    .sql("SELECT 1 / :divisor")
                    .param("divisor", bad ? 0 : 1)
                    .query(Integer.class)
                    .single();
            long transaction = transactionId(tx);
            return calls.stream().map(call -> transaction).toList();
        });
        unanswered.add(begin(kind));
        List<Future<Long>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(submit(kind, "call " + i));
        }
        awaitWaiting(coalescing, 10);
        gate.countDown();

        for (int i = 0; i < 10; i++) {
            if (i == 5) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(calls.get(i)::get)
                        .withCauseInstanceOf(DataAccessException.class);
            } else {
                assertThat(calls.get(i).get()).isPositive();
            }
        }
        assertThat(noted()).hasSize(10).doesNotContain("call 5").doesNotHaveDuplicates();
    }

    @Test
    void nobodyIsAnsweredFromATransactionThatDidNotCommit() throws Exception {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        Set<Long> rolledBack = Collections.synchronizedSet(new HashSet<>());
        Coalescer<String, Long> kind = coalescing.together("test", (tx, calls) -> {
            calls.forEach(call -> work(tx, call.command()));
            long transaction = transactionId(tx);
            if (calls.size() > 1) {
                rolledBack.add(transaction);
                spoil(tx);
            }
            return calls.stream().map(call -> transaction).toList();
        });
        unanswered.add(begin(kind));
        List<Future<Long>> calls = List.of(submit(kind, "a"), submit(kind, "b"), submit(kind, "c"));
        awaitWaiting(coalescing, 3);
        gate.countDown();

        for (Future<Long> call : calls) {
            assertThat(rolledBack).doesNotContain(call.get());
        }
        assertThat(rolledBack).isNotEmpty();
        assertThat(noted()).containsExactlyInAnyOrder("first", "a", "b", "c");
    }

    /** After this the transaction cannot commit, though the work does not throw. */
    private static void spoil(Transaction tx) {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(
                        () -> tx.jdbc().sql("SELECT 1 / 0").query(Integer.class).single());
    }

    @Test
    void aCallWithTooFewAnswersFailsForEverybody() {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        Coalescer<String, Long> kind = coalescing.together("forgetful", (tx, calls) -> List.of());
        SHOP.context()
                .run(() -> assertThatIllegalStateException()
                        .isThrownBy(() -> kind.call("x"))
                        .withMessage("forgetful gave 0 answers to 1 calls"));
    }

    @Test
    void tenantsTakeTurnsAndNeverShareABatch() throws Exception {
        var limits = new CoalescingLimits(
                2,
                1,
                4,
                100,
                200,
                Duration.ofSeconds(20),
                Duration.ofMillis(200),
                Duration.ofMillis(5),
                Duration.ofSeconds(20));
        var coalescing = new Coalescing(SHOP.database, limits);
        Coalescer<String, UUID> kind = coalescing.together("test", (tx, calls) -> {
            calls.forEach(call -> work(tx, call.command()));
            batches.add(calls.stream().map(Call::command).toList());
            return calls.stream().map(call -> RequestContext.currentTenant()).toList();
        });
        UUID other = Ids.next();
        Future<UUID> first = submit(kind, "first");
        begun.await();
        List<Future<UUID>> many = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            many.add(submit(kind, "many"));
            awaitWaiting(coalescing, i + 1);
        }
        Future<UUID> one = submit(other, kind, "one");
        awaitWaiting(coalescing, 7);
        gate.countDown();

        assertThat(one.get()).isEqualTo(other);
        assertThat(first.get()).isEqualTo(SHOP.tenant);
        for (Future<UUID> each : many) {
            assertThat(each.get()).isEqualTo(SHOP.tenant);
        }
        assertThat(batches)
                .containsExactly(
                        List.of("first"),
                        List.of("many", "many"),
                        List.of("one"),
                        List.of("many", "many"),
                        List.of("many", "many"));
    }

    @Test
    void aFullQueueRefusesAndDoesNothing() throws Exception {
        var limits = new CoalescingLimits(
                1,
                1,
                4,
                2,
                3,
                Duration.ofSeconds(20),
                Duration.ofMillis(200),
                Duration.ofMillis(5),
                Duration.ofSeconds(20));
        var coalescing = new Coalescing(SHOP.database, limits);
        Coalescer<String, Long> kind = oneByOne(coalescing);
        unanswered.add(begin(kind));
        unanswered.add(submit(kind, "a"));
        unanswered.add(submit(kind, "b"));
        awaitWaiting(coalescing, 2);

        ProblemException tooManyOfTheTenant = overloaded(submit(kind, "c"));
        assertThat(tooManyOfTheTenant.code()).isEqualTo("overloaded");
        assertThat(tooManyOfTheTenant.status().value()).isEqualTo(503);
        assertThat(tooManyOfTheTenant.retryAfter()).isEqualTo(Duration.ofSeconds(1));

        unanswered.add(submit(Ids.next(), kind, "d"));
        awaitWaiting(coalescing, 3);
        overloaded(submit(Ids.next(), kind, "e"));
        gate.countDown();
        awaitWaiting(coalescing, 0);
        endCallers();
        assertThat(noted()).containsExactlyInAnyOrder("first", "a", "b", "d");
    }

    @Test
    void whoLosesPatienceTakesTheCallBack() throws Exception {
        var limits = new CoalescingLimits(
                64,
                1,
                4,
                100,
                200,
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofMillis(5),
                Duration.ofSeconds(20));
        var coalescing = new Coalescing(SHOP.database, limits);
        Coalescer<String, Long> kind = oneByOne(coalescing);
        Future<Long> first = begin(kind);
        assertThat(overloaded(submit(kind, "impatient")).code()).isEqualTo("overloaded");
        gate.countDown();
        assertThat(first.get()).isPositive();
        endCallers();
        assertThat(noted()).containsExactly("first");
    }

    @Test
    void whoIsInterruptedWhileWaitingTakesTheCallBackAndWhoIsAtWorkHearsTheOutcome() throws Exception {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        Coalescer<String, Long> kind = oneByOne(coalescing);
        var outcome = new AtomicReference<Long>();
        var interruptionKept = new AtomicBoolean();
        Thread atWork = Thread.startVirtualThread(() -> SHOP.context().run(() -> {
            outcome.set(kind.call("first"));
            interruptionKept.set(Thread.currentThread().isInterrupted());
        }));
        begun.await();
        Future<Long> waiting = submit(kind, "waiting");
        awaitWaiting(coalescing, 1);
        atWork.interrupt();
        assertThat(waiting.cancel(true)).isTrue();
        Shop.await(() -> coalescing.waitingCalls() == 1);
        gate.countDown();
        atWork.join();

        assertThat(outcome.get()).isPositive();
        assertThat(interruptionKept).isTrue();
        awaitWaiting(coalescing, 0);
        endCallers();
        assertThat(noted()).containsExactly("first");
    }

    @Test
    void ofManyWhoShareATransactionOnlyThoseWhoWantTheHeldRowWait() throws Exception {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        SharedTransactions shared = coalescing.shared("touch");
        note("hot", "cold");
        HeldRow held = hold("hot");
        unanswered.add(begin(oneByOne(coalescing)));
        List<Future<String>> hot = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            hot.add(touch(shared, "hot"));
        }
        Future<String> cold = touch(shared, "cold");
        awaitWaiting(coalescing, 11);
        gate.countDown();

        assertThat(cold.get(60, TimeUnit.SECONDS)).isEqualTo("cold");
        assertThat(hot).noneMatch(Future::isDone);
        held.letGo();
        for (Future<String> each : hot) {
            assertThat(each.get()).isEqualTo("hot");
        }
    }

    @Test
    void whoWaitsTooLongForAHeldRowIsTurnedAway() throws Exception {
        var limits = new CoalescingLimits(
                64,
                1,
                4,
                100,
                200,
                Duration.ofSeconds(20),
                Duration.ofMillis(50),
                Duration.ofMillis(5),
                Duration.ofMillis(100));
        SharedTransactions shared = new Coalescing(SHOP.database, limits).shared("touch");
        note("hot");
        HeldRow held = hold("hot");
        assertThat(overloaded(touch(shared, "hot")).detail())
                .isEqualTo("there is too much to do at once: touch: somebody else has held what it needs for too long");
        held.letGo();
    }

    @Test
    void whenTheDatabaseFailsEverybodyIsToldSoAndNothingIsRunAgain() throws Exception {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        var runs = new AtomicInteger();
        Coalescer<String, Long> kind = coalescing.together("test", (tx, calls) -> {
            calls.forEach(call -> work(tx, call.command()));
            if (calls.size() > 1) {
                runs.incrementAndGet();
                tx.jdbc()
                        .sql("SELECT pg_terminate_backend(pg_backend_pid())")
                        .query(Boolean.class)
                        .single();
            }
            return calls.stream().map(call -> 1L).toList();
        });
        unanswered.add(begin(kind));
        List<Future<Long>> calls = List.of(submit(kind, "a"), submit(kind, "b"), submit(kind, "c"));
        awaitWaiting(coalescing, 3);
        gate.countDown();

        for (Future<Long> call : calls) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(call::get)
                    .withCauseInstanceOf(DataAccessException.class);
        }
        assertThat(runs).hasValue(1);
        endCallers();
        assertThat(noted()).containsExactly("first");
    }

    private void note(String... texts) {
        SHOP.context()
                .run(() -> SHOP.database.inTransaction(tx -> {
                    for (String text : texts) {
                        Shop.note(tx, test + text);
                    }
                    return texts;
                }));
    }

    private Future<String> touch(SharedTransactions shared, String text) {
        return callers.submit(() -> SHOP.context()
                .supply(() -> shared.run(tx -> {
                    tx.jdbc()
                            .sql("UPDATE effects SET text = text WHERE text = :text")
                            .param("text", test + text)
                            .update();
                    return text;
                })));
    }

    /** A row that another transaction holds, for 20 s if nobody lets it go. */
    private record HeldRow(CountDownLatch release, Future<?> holder) {

        void letGo() throws Exception {
            release.countDown();
            holder.get();
        }
    }

    private HeldRow hold(String text) throws InterruptedException {
        var release = new CountDownLatch(1);
        var held = new CountDownLatch(1);
        Future<?> holder = callers.submit(() -> SHOP.database.asWorker(tx -> {
            tx.jdbc()
                    .sql("SELECT text FROM effects WHERE text = :text FOR UPDATE")
                    .param("text", test + text)
                    .query(String.class)
                    .single();
            held.countDown();
            try {
                return release.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        held.await();
        return new HeldRow(release, holder);
    }

    @Test
    void eachCallHasTheTraceOfItsCallerAndIsDoneByThePlatformItself() {
        var coalescing = new Coalescing(SHOP.database, PATIENT);
        Coalescer<String, RequestContext> kind =
                coalescing.oneByOne("context", (tx, command) -> RequestContext.current());
        RequestContext caller = SHOP.context();
        assertThat(caller.supply(() -> kind.call("x"))).isEqualTo(caller.asSystem());
    }

    @Test
    void aCallFromWithinATransactionIsRefused() {
        Coalescer<String, Long> kind = oneByOne(Coalescing.of(SHOP.database));
        SHOP.context()
                .run(() -> assertThatIllegalStateException()
                        .isThrownBy(() -> SHOP.database.inTransaction(tx -> kind.call("nested")))
                        .withMessageContaining("must wait until the transaction of shop has ended"));
    }

    @Test
    void sizesAndWaitsAreMeasured() {
        Coalescer<String, Long> kind = Coalescing.of(SHOP.database).oneByOne("measured", this::work);
        SHOP.context().run(() -> kind.call("x"));
        assertThat(SHOP.meters
                        .get("cartulary.coalescing.batch.size")
                        .tags("service", "shop", "kind", "measured")
                        .summary()
                        .totalAmount())
                .isEqualTo(1);
        assertThat(SHOP.meters
                        .get("cartulary.coalescing.wait")
                        .tags("service", "shop", "kind", "measured")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aDatabaseHasOneCoalescing() {
        assertThat(Coalescing.of(SHOP.database)).isSameAs(Coalescing.of(SHOP.database));
    }

    @Test
    void limitsAreAtLeastOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CoalescingLimits(
                        0,
                        1,
                        1,
                        1,
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)));
    }
}
