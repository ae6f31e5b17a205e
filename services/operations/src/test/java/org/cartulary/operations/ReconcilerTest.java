package org.cartulary.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("PLT-27")
class ReconcilerTest {

    private static final int ORDERS = 25;
    private static final int PAGE_LENGTH = 4;

    private final Facts facts = new Facts();
    private final UUID tenant = Ids.next();
    private final List<Duration> pauses = new ArrayList<>();

    private Reconciler reconciler(Map<String, Reconcilable> services, Runnable meanwhile) {
        return new Reconciler(services, new CrossCheck(facts.services(), PAGE_LENGTH), Clock.systemUTC(), pause -> {
            pauses.add(pause);
            meanwhile.run();
        });
    }

    private Reconciliation reconcile() {
        return reconciler(Map.of(), () -> {}).reconcile();
    }

    /** Keys with the highest bit set and not, in two tenants, so that only an unsigned order is the right one. */
    private void confirmMany() {
        for (int i = 0; i < ORDERS; i++) {
            facts.confirmed(new OrderKey(i % 2 == 0 ? tenant : new UUID(-1L, 7), UUID.randomUUID()));
        }
    }

    private static List<InvariantResult> broken(Reconciliation reconciliation) {
        return reconciliation.results().stream()
                .filter(result -> !result.holds())
                .toList();
    }

    @Test
    void nothingIsReportedWhenAllRecordsAgree() {
        confirmMany();
        OrderKey cancelled = new OrderKey(tenant, Ids.next());
        facts.order(cancelled, "CANCELLED");
        facts.payment(cancelled, "CANCELLED", Facts.TOTAL, Facts.NOTHING);
        facts.reservation(cancelled, "RELEASED", 3);
        facts.saga(cancelled, "compensated", Facts.TOTAL);
        OrderKey underWay = new OrderKey(tenant, Ids.next());
        facts.order(underWay, "CREATED");
        facts.reservation(underWay, "OPEN", 3);
        facts.saga(underWay, "started", Facts.TOTAL);
        OrderKey onlyReserved = new OrderKey(tenant, Ids.next());
        facts.reservation(onlyReserved, "OPEN", 3);
        facts.saga(onlyReserved, "started", Facts.TOTAL);

        OrderKey discounted = new OrderKey(tenant, Ids.next());
        facts.order(discounted, "CREATED", Facts.NOTHING, Facts.FIVE, false);
        facts.promotions(discounted, "CLAIMED", 500);
        facts.saga(discounted, "started", Facts.TOTAL);
        OrderKey onlyClaimed = new OrderKey(tenant, Ids.next());
        facts.promotions(onlyClaimed, "CLAIMED", 500);
        facts.saga(onlyClaimed, "started", Facts.TOTAL);

        OrderKey soldOut = new OrderKey(tenant, Ids.next());
        facts.stock(soldOut, false);
        OrderKey available = new OrderKey(tenant, Ids.next());
        facts.stock(available, true);
        facts.listed(available, true);

        OrderKey givenBack = new OrderKey(tenant, Ids.next());
        facts.order(givenBack, "SHIPPED", Facts.TOTAL, false);
        facts.payment(givenBack, "REFUNDED", Facts.TOTAL, Facts.TOTAL, Facts.TOTAL);
        facts.reservation(givenBack, "CONFIRMED", 3);
        facts.saga(givenBack, "completed", Facts.TOTAL);
        OrderKey beingUndone = new OrderKey(tenant, Ids.next());
        facts.order(beingUndone, "CANCELLED", Facts.NOTHING, true);
        facts.payment(beingUndone, "CAPTURED", Facts.TOTAL, Facts.TOTAL);
        facts.reservation(beingUndone, "CONFIRMED", 3);
        facts.saga(beingUndone, "completed", Facts.TOTAL);

        Reconciliation found = reconcile();

        assertThat(broken(found)).isEmpty();
        assertThat(found.ok()).isTrue();
        assertThat(pauses).isEmpty();
        assertThat(found.results())
                .filteredOn(result -> result.name().equals("each-confirmed-order-has-one-payment"))
                .singleElement()
                .satisfies(result -> assertThat(result.rowsChecked()).isEqualTo(ORDERS + 1));
    }

    static Stream<Arguments> oneBreachOfEach() {
        return Stream.of(
                breach("each-confirmed-order-has-one-payment", (facts, key) -> {
                    facts.order(key, "CONFIRMED");
                    facts.reservation(key, "CONFIRMED", 3);
                    facts.saga(key, "completed", Facts.TOTAL);
                }),
                breach("each-confirmed-order-has-one-payment", (facts, key) -> {
                    facts.confirmed(key);
                    facts.payment(key, "CAPTURED", Facts.TOTAL, Facts.TOTAL);
                }),
                breach("each-confirmed-order-has-one-payment", (facts, key) -> {
                    facts.order(key, "SHIPPED");
                    facts.payment(key, "CAPTURED", Facts.OTHER, Facts.TOTAL);
                    facts.reservation(key, "CONFIRMED", 3);
                    facts.saga(key, "completed", Facts.TOTAL);
                }),
                breach(
                        "no-payment-without-order",
                        (facts, key) -> facts.payment(key, "CAPTURED", Facts.TOTAL, Facts.TOTAL)),
                breach("no-payment-without-order", (facts, key) -> {
                    facts.order(key, "CANCELLED");
                    facts.payment(key, "AUTHORIZED", Facts.TOTAL, Facts.NOTHING);
                }),
                breach("no-payment-without-order", (facts, key) -> {
                    facts.order(key, "CANCELLED");
                    facts.payment(key, "CAPTURED", Facts.TOTAL, Facts.TOTAL);
                }),
                breach("no-stock-held-without-order", (facts, key) -> {
                    facts.order(key, "CANCELLED");
                    facts.reservation(key, "CONFIRMED", 3);
                    facts.saga(key, "completed", Facts.TOTAL);
                }),
                breach("refunded-is-known-to-order", (facts, key) -> {
                    facts.order(key, "SHIPPED");
                    facts.payment(key, "REFUNDED", Facts.TOTAL, Facts.TOTAL, Facts.TOTAL);
                    facts.reservation(key, "CONFIRMED", 3);
                    facts.saga(key, "completed", Facts.TOTAL);
                }),
                breach("refunded-is-known-to-order", (facts, key) -> {
                    facts.order(key, "CANCELLED", Facts.TOTAL, false);
                    facts.payment(key, "CANCELLED", Facts.TOTAL, Facts.NOTHING);
                }),
                breach("captured-equals-order-total", (facts, key) -> {
                    facts.order(key, "CONFIRMED");
                    facts.payment(key, "SETTLED", Facts.TOTAL, Facts.OTHER);
                    facts.reservation(key, "CONFIRMED", 3);
                    facts.saga(key, "completed", Facts.TOTAL);
                }),
                breach("captured-pending", (facts, key) -> {
                    facts.order(key, "CONFIRMED");
                    facts.payment(key, "AUTHORIZED", Facts.TOTAL, Facts.NOTHING);
                    facts.reservation(key, "CONFIRMED", 3);
                    facts.saga(key, "completed", Facts.TOTAL);
                }),
                breach("confirmed-order-holds-confirmed-stock", (facts, key) -> {
                    facts.order(key, "CONFIRMED");
                    facts.payment(key, "CAPTURED", Facts.TOTAL, Facts.TOTAL);
                    facts.reservation(key, "CONFIRMED", 2);
                    facts.saga(key, "completed", Facts.TOTAL);
                }),
                breach("confirmed-order-holds-confirmed-stock", (facts, key) -> {
                    facts.order(key, "CONFIRMED");
                    facts.payment(key, "CAPTURED", Facts.TOTAL, Facts.TOTAL);
                    facts.saga(key, "completed", Facts.TOTAL);
                }),
                breach("no-stock-held-without-order", (facts, key) -> facts.reservation(key, "CONFIRMED", 3)),
                breach("no-stock-held-without-order", (facts, key) -> {
                    facts.order(key, "CANCELLED");
                    facts.reservation(key, "OPEN", 3);
                    facts.saga(key, "compensated", Facts.TOTAL);
                }),
                breach("no-promotion-used-without-order", (facts, key) -> facts.promotions(key, "CLAIMED", 500)),
                breach("no-promotion-used-without-order", (facts, key) -> {
                    facts.order(key, "CANCELLED");
                    facts.promotions(key, "CLAIMED", 500);
                    facts.saga(key, "compensated", Facts.TOTAL);
                }),
                breach("each-discount-is-claimed", (facts, key) -> {
                    facts.order(key, "CREATED", Facts.NOTHING, Facts.FIVE, false);
                    facts.promotions(key, "RELEASED", 500);
                    facts.saga(key, "started", Facts.TOTAL);
                }),
                breach("each-discount-is-claimed", (facts, key) -> {
                    facts.order(key, "CREATED", Facts.NOTHING, Facts.FIVE, false);
                    facts.promotions(key, "CLAIMED", 501);
                    facts.saga(key, "started", Facts.TOTAL);
                }),
                breach("each-discount-is-claimed", (facts, key) -> {
                    facts.confirmed(key);
                    facts.promotions(key, "CLAIMED", 500);
                }),
                breach("each-order-has-completed-saga", (facts, key) -> {
                    facts.order(key, "CREATED");
                    facts.saga(key, "compensated", Facts.TOTAL);
                }),
                breach("each-order-has-completed-saga", (facts, key) -> facts.order(key, "CREATED")),
                breach("each-order-has-completed-saga", (facts, key) -> {
                    facts.order(key, "CONFIRMED");
                    facts.payment(key, "CAPTURED", Facts.TOTAL, Facts.TOTAL);
                    facts.reservation(key, "CONFIRMED", 3);
                    facts.saga(key, "compensating", Facts.TOTAL);
                }),
                breach("completed-saga-has-order", (facts, key) -> facts.saga(key, "completed", Facts.TOTAL)),
                breach("completed-saga-has-order", (facts, key) -> {
                    facts.order(key, "CONFIRMED");
                    facts.payment(key, "CAPTURED", Facts.TOTAL, Facts.TOTAL);
                    facts.reservation(key, "CONFIRMED", 3);
                    facts.saga(key, "completed", Facts.OTHER);
                }),
                breach("listed-stock-is-stock", (facts, key) -> facts.stock(key, true)),
                breach("listed-stock-is-stock", (facts, key) -> facts.listed(key, true)),
                breach("listed-stock-is-stock", (facts, key) -> {
                    facts.stock(key, false);
                    facts.listed(key, true);
                }),
                breach("placing-saga-not-failed", (facts, key) -> facts.saga(key, "failed", Facts.TOTAL)));
    }

    private static Arguments breach(String invariant, BiConsumer<Facts, OrderKey> records) {
        return Arguments.of(invariant, records);
    }

    @ParameterizedTest
    @MethodSource("oneBreachOfEach")
    void exactlyTheBrokenInvariantIsReportedWithTheOrder(String invariant, BiConsumer<Facts, OrderKey> records) {
        confirmMany();
        OrderKey key = new OrderKey(tenant, Ids.next());
        records.accept(facts, key);

        Reconciliation found = reconcile();

        assertThat(found.ok()).isFalse();
        assertThat(broken(found)).singleElement().satisfies(result -> {
            assertThat(result.name()).isEqualTo(invariant);
            assertThat(result.breaches()).isEqualTo(1);
            assertThat(result.examples())
                    .singleElement()
                    .asString()
                    .contains(key.orderId().toString());
        });
        assertThat(pauses).hasSize(15).containsOnly(Duration.ofSeconds(2));
    }

    @Test
    void whatIsBrokenOnlyWhileWorkIsUnderWayIsNotReported() {
        OrderKey key = new OrderKey(tenant, Ids.next());
        facts.payment(key, "CAPTURED", Facts.TOTAL, Facts.TOTAL);

        Reconciliation found = reconciler(Map.of(), () -> {
                    facts.forget(key);
                    facts.confirmed(key);
                })
                .reconcile();

        assertThat(found.ok()).isTrue();
        assertThat(pauses).hasSize(1);
    }

    @Test
    void ordersThatAreBrokenOneAfterTheOtherAreNotReported() {
        List<OrderKey> current = new ArrayList<>(List.of(new OrderKey(tenant, Ids.next())));
        facts.order(current.getFirst(), "CREATED");

        Reconciliation found = reconciler(Map.of(), () -> {
                    facts.forget(current.removeFirst());
                    current.add(new OrderKey(tenant, Ids.next()));
                    facts.order(current.getFirst(), "CREATED");
                })
                .reconcile();

        assertThat(found.ok()).isTrue();
    }

    @Test
    void aServicesOwnBreachIsReportedIfItStays() {
        InvariantResult stays = new InvariantResult("cart", "stays", "It stays.", 5, 2, List.of("a", "b"));
        InvariantResult broken = new InvariantResult("order", "passes", "It passes.", 5, 1, List.of("a"));
        InvariantResult holds = new InvariantResult("order", "passes", "It passes.", 5, 0, List.of());

        Reconciliation found = reconciler(
                        Map.of("cart", () -> List.of(stays), "order", () -> List.of(pauses.isEmpty() ? broken : holds)),
                        () -> {})
                .reconcile();

        assertThat(broken(found)).containsExactly(stays);
        assertThat(found.results()).contains(holds);
    }

    @Test
    void aServiceThatDoesNotAnswerHasProvenNothing() {
        Reconciliation found = reconciler(
                        Map.of("cart", () -> {
                            throw new IllegalStateException("no answer");
                        }),
                        () -> {})
                .reconcile();

        assertThat(found.ok()).isFalse();
        assertThat(broken(found)).extracting(InvariantResult::name).containsExactly("invariants-can-be-checked");
    }

    @Test
    void theNightlyReconciliationIsAtThree() {
        assertThat(NightlyReconciliation.untilNext(ZonedDateTime.parse("2026-03-01T02:30:00Z")))
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(NightlyReconciliation.untilNext(ZonedDateTime.parse("2026-03-01T03:00:00Z")))
                .isEqualTo(Duration.ofDays(1));
    }
}
