package org.cartulary.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.promotion.DraftForTests.off;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cartulary.contracts.promotion.ClaimPromotions;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.contracts.promotion.PromotionUse;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Claims that are decided in one transaction, and those of several processes, whose transactions meet. */
@Tag("PRO-01")
class ClaimingTogetherConcurrencyTest {

    private static final int NODES = 6;
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    private static PromotionsForTests service;
    private static List<Databases> databases;
    private static List<Node> nodes;
    private final PromotionsForTests.Shop shop = service.newShop();

    /** What a process of its own does. */
    private record Node(ClaimingPromotions claiming, UsageStore usage, Promotions promotions) {

        static Node over(Database database) {
            return new Node(
                    new ClaimingPromotions(new ClaimStore(database)),
                    new UsageStore(database),
                    new Promotions(database));
        }
    }

    @BeforeAll
    static void open() {
        service = new PromotionsForTests();
        databases = IntStream.range(0, NODES)
                .mapToObj(node -> new Databases(service.test.settings(), METERS))
                .toList();
        nodes = databases.stream()
                .map(node -> Node.over(node.open("promotion")))
                .toList();
    }

    @AfterAll
    static void close() {
        databases.forEach(Databases::close);
        assertThat(service.broken()).isEmpty();
        service.close();
    }

    private static ClaimPromotions claim(UUID order, @Nullable UUID customer, UUID... promotions) {
        return new ClaimPromotions(
                order,
                customer,
                Arrays.stream(promotions)
                        .map(promotion -> new PromotionUse(promotion, "CODE", PromotionsForTests.eur("1.00")))
                        .toList());
    }

    private boolean isClaimed(int node, ClaimPromotions command) {
        return Contexts.system(shop.tenant)
                .supply(() ->
                        nodes.get(node % NODES).claiming().claim(command) instanceof ClaimPromotionsResult.Claimed);
    }

    private String release(int node, UUID order) {
        return Contexts.system(shop.tenant)
                .supply(() -> nodes.get(node % NODES).usage().release(order, "order-cancelled"));
    }

    private static long yes(List<Boolean> answers) {
        return answers.stream().filter(answer -> answer).count();
    }

    /** The answers to claims that are decided in one transaction. */
    private List<String> together(ClaimPromotions... commands) {
        return Contexts.system(shop.tenant)
                .supply(() -> service.test
                        .database()
                        .inTransaction(tx -> ClaimStore.claimAll(
                                tx,
                                Stream.of(commands)
                                        .map(command -> new Call<>(command, "f".repeat(32)))
                                        .toList())))
                .stream()
                .map(rows -> rows.getFirst().outcome())
                .toList();
    }

    @Test
    void whoCameFirstIsServedFirstWithAllOrNothing() {
        UUID scarce = shop.active(off("5.00").code("SCARCE").totalLimit(2));
        UUID plenty = shop.active(off("5.00").code("PLENTY"));

        assertThat(together(
                        claim(Ids.next(), null, scarce, plenty),
                        claim(Ids.next(), null, scarce),
                        claim(Ids.next(), null, plenty, scarce),
                        claim(Ids.next(), null, plenty)))
                .containsExactly("CLAIMED", "CLAIMED", "USED_UP", "CLAIMED");
        assertThat(shop.uses(scarce)).isEqualTo(2);
        assertThat(shop.uses(plenty)).isEqualTo(2);
    }

    @Test
    void theSameOrderTwiceInOneTransactionIsClaimedOnce() {
        UUID promotion = shop.active(off("5.00").code("TWICE").totalLimit(5));
        UUID order = Ids.next();
        UUID released = Ids.next();
        release(0, released);

        assertThat(together(
                        claim(order, null, promotion), claim(released, null, promotion), claim(order, null, promotion)))
                .containsExactly("CLAIMED", "ALREADY_RELEASED", "CLAIMED");
        assertThat(shop.uses(promotion)).isEqualTo(1);
    }

    @Test
    void aCustomersClaimsOfOneTransactionCountAgainstTheLimits() {
        UUID twice = shop.active(off("5.00").code("LIMITED").customerLimit(2));
        UUID first = shop.active(off("5.00").code("FIRST").firstOrderOnly());
        UUID second = shop.active(off("5.00").code("SECOND").firstOrderOnly());
        UUID customer = Ids.next();
        isClaimed(0, claim(Ids.next(), customer, twice));

        assertThat(together(
                        claim(Ids.next(), customer, twice),
                        claim(Ids.next(), Ids.next(), twice),
                        claim(Ids.next(), customer, twice),
                        claim(Ids.next(), customer, first, second),
                        claim(Ids.next(), customer, second)))
                .containsExactly("CLAIMED", "CLAIMED", "CUSTOMER_LIMIT_REACHED", "CLAIMED", "FIRST_ORDER_ONLY");
    }

    @Test
    void manyProcessesTogetherClaimNoMoreUsesThanThereAre() throws InterruptedException {
        UUID promotion = shop.active(off("5.00").code("FEW").totalLimit(25));

        List<Boolean> claimed = Concurrently.run(60, node -> isClaimed(node, claim(Ids.next(), null, promotion)))
                .valuesOrThrow();

        assertThat(yes(claimed)).isEqualTo(25);
        assertThat(shop.uses(promotion)).isEqualTo(25);
    }

    @Test
    void aCustomerDoesNotExceedTheLimitByAskingManyProcesses() throws InterruptedException {
        UUID promotion = shop.active(off("5.00").code("MINE").customerLimit(2));
        for (int round = 0; round < 10; round++) {
            UUID customer = Ids.next();

            List<Boolean> claimed = Concurrently.run(
                            NODES, node -> isClaimed(node, claim(Ids.next(), customer, promotion)))
                    .valuesOrThrow();

            assertThat(yes(claimed)).isEqualTo(2);
        }
    }

    @Test
    void aCustomerDoesNotGetTwoFirstOrdersByAskingManyProcesses() throws InterruptedException {
        List<UUID> promotions = IntStream.range(0, NODES)
                .mapToObj(i -> shop.active(off("5.00").code("FIRST" + i).firstOrderOnly()))
                .toList();
        for (int round = 0; round < 10; round++) {
            UUID customer = Ids.next();

            List<Boolean> claimed = Concurrently.run(
                            NODES, node -> isClaimed(node, claim(Ids.next(), customer, promotions.get(node))))
                    .valuesOrThrow();

            assertThat(yes(claimed)).isEqualTo(1);
        }
    }

    @Test
    void whateverClaimsAndReleasesOfManyProcessesMeetNothingStaysClaimed() throws InterruptedException {
        UUID promotion = shop.active(off("5.00").code("MEET").totalLimit(3));
        for (int round = 0; round < 20; round++) {
            UUID order = Ids.next();
            Concurrently.<Object>run(
                            NODES,
                            node -> node % 2 == 0
                                    ? isClaimed(node, claim(order, null, promotion))
                                    : release(node, order))
                    .valuesOrThrow();
        }

        assertThat(shop.uses(promotion)).isZero();
    }

    @Test
    void theSameUsesReleasedByManyProcessesAreGivenBackOnce() throws InterruptedException {
        UUID promotion = shop.active(off("5.00").code("ONCE"));
        isClaimed(0, claim(Ids.next(), null, promotion));
        for (int round = 0; round < 10; round++) {
            UUID order = Ids.next();
            isClaimed(0, claim(order, null, promotion));

            assertThat(Concurrently.run(NODES, node -> release(node, order)).valuesOrThrow())
                    .containsOnly("RELEASED");
            assertThat(shop.uses(promotion)).isEqualTo(1);
        }
    }

    @Test
    void ordersOfTheSamePromotionsInAnyOrderDoNotDeadlock() throws InterruptedException {
        List<UUID> promotions = IntStream.range(0, 4)
                .mapToObj(i -> shop.active(off("5.00").code("MANY" + i)))
                .toList();
        double retriesBefore = retries();

        List<Integer> kept = Concurrently.run(NODES * 2, node -> workOn(node, promotions, new Random(node)))
                .valuesOrThrow();

        assertThat(promotions.stream().mapToInt(shop::uses).sum())
                .isEqualTo(kept.stream().mapToInt(Integer::intValue).sum());
        assertThat(retries()).as("deadlocks").isEqualTo(retriesBefore);
    }

    private int workOn(int node, List<UUID> promotions, Random random) {
        int kept = 0;
        for (int i = 0; i < 20; i++) {
            UUID order = Ids.next();
            List<UUID> wanted = new ArrayList<>(promotions);
            Collections.shuffle(wanted, random);
            isClaimed(node, claim(order, null, wanted.toArray(UUID[]::new)));
            if (random.nextBoolean()) {
                release(node, order);
            } else {
                kept += wanted.size();
            }
        }
        return kept;
    }

    private static double retries() {
        return METERS.find("cartulary.database.retries").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void onceItsEndIsAnsweredNothingMoreIsClaimedOfAPromotion() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            UUID promotion = shop.active(off("5.00").code("ENDING"));

            List<Integer> usesAtItsEnd = Concurrently.run(NODES, node -> {
                        if (node == 0) {
                            return shop.staff(
                                            () -> nodes.getFirst().promotions().end(promotion))
                                    .uses();
                        }
                        isClaimed(node, claim(Ids.next(), null, promotion));
                        return -1;
                    })
                    .valuesOrThrow();

            assertThat(usesAtItsEnd).contains(shop.uses(promotion));
        }
    }
}
