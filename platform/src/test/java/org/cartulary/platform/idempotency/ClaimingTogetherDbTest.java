package org.cartulary.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency.Claiming;
import org.cartulary.platform.idempotency.Idempotency.Request;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that come at the same time and are claimed by one statement. */
@Tag("PLT-13")
class ClaimingTogetherDbTest {

    private static final Shop SHOP = new Shop();
    private static final Idempotency IDEMPOTENCY = new Idempotency(SHOP.database, SHOP.json);

    private final String prefix = Ids.next().toString();
    private final RequestContext caller = SHOP.context();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Integer> batchSizes = new ArrayList<>();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private record Wish(Idempotency.RequestKey key, String effect) {}

    private Wish wish(String key, int amount, String effect) {
        return caller.supply(() -> new Wish(
                IDEMPOTENCY.keyOf(new Request("POST /x", prefix + key, Map.of("amount", amount))), prefix + effect));
    }

    /** Notes the effects of those that are claimed, and answers with the effect of the first. */
    private List<String> work(Transaction tx, List<Call<Wish>> calls) {
        batchSizes.add(calls.size());
        List<Claim<String>> claims = IDEMPOTENCY.claimAll(
                tx,
                calls.stream()
                        .map(Call::command)
                        .map(wish -> new Claiming<>(wish.key(), null, Answer.ok(wish.effect())))
                        .toList(),
                String.class);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Wish wish = calls.get(i).command();
            answers.add(
                    switch (claims.get(i)) {
                        case Claim.Answered<String>(StoredAnswer<String> answer) -> String.valueOf(answer.body());
                        case Claim.UnderWay<String> _ -> throw new AssertionError("claimed for no saga");
                        case Claim.Claimed<String>() -> {
                            Shop.note(tx, wish.effect());
                            yield wish.effect();
                        }
                    });
            if (wish.effect().endsWith("first")) {
                begun.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return answers;
    }

    /** Has all of them come in one batch. */
    private List<Future<String>> together(List<Wish> wishes) throws InterruptedException {
        Coalescer<Wish, String> kind = Coalescing.of(SHOP.database).together("claim-" + prefix, this::work);
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = callers.submit(() -> caller.supply(() -> kind.call(wish("first", 1, "first"))));
            begun.await();
            for (Wish wish : wishes) {
                answers.add(callers.submit(() -> caller.supply(() -> kind.call(wish))));
            }
            Shop.await(() -> Coalescing.of(SHOP.database).waitingCalls() == wishes.size());
            gate.countDown();
            assertThat(first).succeedsWithin(Duration.ofMinutes(1));
        }
        assertThat(batchSizes).startsWith(1, wishes.size());
        return answers;
    }

    private List<String> effects() {
        return SHOP.effects().stream()
                .filter(effect -> effect.startsWith(prefix))
                .map(effect -> effect.substring(prefix.length()))
                .toList();
    }

    @Test
    void eachIsClaimedOnceAndTwinsGetTheAnswerOfTheFirst() throws Exception {
        List<Future<String>> answers =
                together(List.of(wish("a", 1, "one"), wish("b", 1, "two"), wish("a", 1, "twin")));
        assertThat(answers.get(1).get()).isEqualTo(prefix + "two");
        assertThat(answers.get(0).get()).isEqualTo(answers.get(2).get());
        assertThat(effects()).hasSize(3).contains("first", "two");
        assertThat(answers.get(0).get())
                .isEqualTo(prefix
                        + effects().stream()
                                .filter(effect -> !effect.equals("two") && !effect.equals("first"))
                                .findFirst()
                                .orElseThrow());
    }

    @Test
    void whoUsesAKeyForSomethingElseIsRefusedAlone() throws Exception {
        List<Future<String>> answers =
                together(List.of(wish("a", 1, "one"), wish("first", 2, "other"), wish("b", 1, "two")));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(answers.get(1)::get)
                .satisfies(failure -> assertThat(failure.getCause())
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                problem -> assertThat(problem.code()).isEqualTo("idempotency-key-reused")));
        assertThat(answers.get(0).get()).isEqualTo(prefix + "one");
        assertThat(answers.get(2).get()).isEqualTo(prefix + "two");
        assertThat(effects()).containsExactlyInAnyOrder("first", "one", "two");
    }

    @Test
    void aKeyWhoseTimeIsOverIsClaimedAnewInABatchToo() throws Exception {
        SHOP.context()
                .run(() -> SHOP.database.inTransaction(tx ->
                        work(tx, List.of(new Call<>(wish("old", 1, "before"), caller.traceId())))));
        batchSizes.clear();
        SHOP.execute("UPDATE idempotency_keys SET expires_at = now() WHERE key = '" + prefix + "old'");
        List<Future<String>> answers = together(List.of(wish("old", 2, "after"), wish("new", 1, "beside")));
        assertThat(answers.get(0).get()).isEqualTo(prefix + "after");
        assertThat(answers.get(1).get()).isEqualTo(prefix + "beside");
        assertThat(effects()).containsExactlyInAnyOrder("before", "first", "after", "beside");
    }
}
