package org.cartulary.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Patience;
import org.cartulary.tests.support.Reconciled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two processes with all services on one database: one sleeps longer than its leases, or dies, and the other goes on. */
@ExtendWith(SharedCrashSite.class)
@Tag("PLT-12")
@Tag("PLT-13")
final class TwoNodesTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String PLACE_ORDER = "place-order";
    private static final List<String> POINTS = List.of(
            "started",
            "reserve-stock/done",
            "create-order/before",
            "authorize-payment/before",
            "authorize-payment/done",
            "confirm-reservation/done",
            "confirm-order/done");

    private record Held(Market.Offer offer, Supplier<HttpShop.Answer> call, Future<HttpShop.Answer> first) {}

    @Test
    void whoWakesUpTooLateDoesNoHarmAndWhoDiesIsSucceeded(CrashSite site) {
        try (ForkedPlatform sleeper = site.controlled(CrashSite.FIRST, Installation.freePort())
                        .start();
                ForkedPlatform other =
                        site.platform("other", Installation.freePort()).start();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Merchant merchant = CrashSite.merchant(sleeper, other.visitor());
            Market market = Market.open(merchant, sleeper.visitor(), site.prices());
            List<Held> held = hold(site, market, callers);

            sleeper.suspend();
            // Only the other node can end them, and only when the sleeper's leases are over.
            awaitTakenOver(site, held);
            sleeper.wake();
            site.control().releaseAll();
            // Answered or not: the caller may have lost patience meanwhile.
            Eventually.holds(
                    "the sleeper's calls have ended",
                    LIMIT,
                    () -> held.stream().allMatch(one -> one.first().isDone()));
            assertThat(held).allSatisfy(one -> Patience.answer(one.call()).expect(201));
            examine(site, other, merchant, held);

            List<Held> again = hold(site, market, callers);
            sleeper.killJavaOnly();
            site.control().releaseAll();
            awaitTakenOver(site, again);
            examine(site, other, merchant, again);
        }
    }

    private static List<Held> hold(CrashSite site, Market market, ExecutorService callers) {
        List<Held> held = new ArrayList<>();
        for (String point : POINTS) {
            Market.Offer offer = market.offer();
            Supplier<HttpShop.Answer> call = market.completion(offer, "tok_ok");
            Set<UUID> known = site.control().held();
            site.control().holdNext(PLACE_ORDER, List.of(point));
            Future<HttpShop.Answer> first = callers.submit(call::get);
            site.control().awaitAnother(known, point, first);
            held.add(new Held(offer, call, first));
        }
        return held;
    }

    private static void awaitTakenOver(CrashSite site, List<Held> held) {
        Eventually.holds(
                "the other node has placed the orders",
                LIMIT,
                () -> held.stream()
                        .allMatch(one -> site.charged(one.offer().total())
                                .is(1, one.offer().total())));
        site.awaitQuiet();
    }

    private static void examine(CrashSite site, ForkedPlatform other, Merchant merchant, List<Held> held) {
        site.awaitQuiet();
        assertThat(held).allSatisfy(one -> {
            assertThat(site.charged(one.offer().total()).is(1, one.offer().total()))
                    .isTrue();
            assertThat(merchant.available(one.offer().product()))
                    .isEqualTo(one.offer().bought().available());
        });
        assertThat(Reconciled.by(other.operator()).breaches()).isEmpty();
    }
}
