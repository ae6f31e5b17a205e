package org.cartulary.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.app.ServiceName;
import org.cartulary.tests.crash.WorkControl.Place;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Reconciled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The platform is killed at every point of the delivery of an event: before and after each transaction of each consumer and of
 * what it leaves to others, around the writing of what was delivered, and when a job has done its work and nobody knows it yet.
 * Consumers, queues and jobs are not listed here: the platform declares them, and the first life of each event shows its points.
 *
 * <p>As for sagas, one event is led to each point and held there, and the process is killed when all are held.
 */
@ExtendWith(SharedCrashSite.class)
@Tag("PLT-09")
@Tag("PLT-10")
@Tag("PLT-13")
@Tag("PAY-06")
final class EventKillMatrixTest {

    private static final String CONSUMER = "consumer ";
    private static final String QUEUE = "outbox of ";
    private static final String JOB = "job ";
    private static final String END = "end";
    private static final List<String> SETTLING = List.of("settle/before", "settle/done");

    /** More often than once a start, of which there are four by then. */
    private static final int OFTEN = 5;

    /** How often each of the jobs that are held had come to its end, the time at which it is held included. */
    private static final Map<Place, Long> RUNS_WHEN_HELD = new LinkedHashMap<>();

    private static final List<String> ROWS = new ArrayList<>();
    private static CrashSite site;
    private static int port;

    /** An event that is held where it is going to be killed. */
    private record Victim(Place place, Cause.Consequence consequence) {}

    /** A kind of work with its cause and its points. */
    private record Target(String work, Cause cause, List<String> points) {}

    @BeforeAll
    static void open(CrashSite shared) {
        site = shared;
        port = Installation.freePort();
    }

    @AfterAll
    static void print() throws IOException {
        StringBuilder text = new StringBuilder("""
                | killed | at | what came of it |
                | --- | --- | --- |
                """);
        ROWS.forEach(row -> text.append(row).append('\n'));
        Files.writeString(Path.of("target", "event-kill-matrix.md"), text);
        System.out.println(text);
    }

    @Test
    void killedAnywhereEveryEventTakesEffectOnce() {
        ForkedPlatform platform = site.controlled(CrashSite.FIRST, port).start();
        try {
            List<Target> targets = targets(platform);
            for (int half = 0; half < 2; half++) {
                Cause.Shop shop = shop(platform);
                List<Victim> victims = lead(shop, half(targets, half));
                platform = killAndRestart(platform, half == 1);
                examine(platform, shop, victims);
            }
            for (String point : SETTLING) {
                Cause.Shop shop = shop(platform);
                List<Victim> victims = leadQueues(shop, point);
                if (point.equals(SETTLING.getLast())) {
                    victims.addAll(leadJobs());
                }
                platform = killAndRestart(platform, false);
                examine(platform, shop, victims);
            }
        } finally {
            site.work().releaseAll();
            platform.close();
        }
    }

    private static Cause.Shop shop(ForkedPlatform platform) {
        Market market = Market.open(platform.merchant(), platform.visitor(), site.prices());
        return new Cause.Shop(site, market, Buyer.customer(platform.visitor()));
    }

    private static ForkedPlatform killAndRestart(ForkedPlatform platform, boolean withPostgres) {
        platform.killJavaOnly();
        if (withPostgres) {
            site.killPostgres();
            site.postgres().restart();
        }
        site.work().releaseAll();
        site.letTimePass();
        return site.controlled(CrashSite.FIRST, port).start();
    }

    /** Brings everything about once, in peace, and sees which points each consumer passes, and what it leaves to others. */
    private static List<Target> targets(ForkedPlatform platform) {
        Cause.Shop shop = shop(platform);
        List<Target> targets = new ArrayList<>();
        Map<Cause, Cause.Consequence> once = new TreeMap<>();
        for (Cause cause : Cause.values()) {
            once.put(cause, cause == Cause.CANCELLATION ? cancelledBeforeDelivery(shop) : cause.bring(shop));
        }
        site.awaitDelivered();
        List<Place> passed = site.work().passed();
        for (String work : site.work().declared()) {
            if (work.startsWith(CONSUMER)) {
                String event = work.substring(work.lastIndexOf(' ') + 1);
                Cause cause = Cause.of(event)
                        .orElseThrow(() -> new AssertionError(work + " is new: say in Cause what brings " + event));
                List<UUID> events = cause.events(site, once.get(cause));
                targets.add(new Target(
                        work, cause, pointsOf(passed, work, events.getFirst().toString())));
            } else if (!work.startsWith(JOB) && !work.startsWith("outbox") && !work.startsWith("received")) {
                targets.add(new Target(
                        work,
                        Cause.ORDER,
                        pointsOf(passed, work, once.get(Cause.ORDER).key())));
            }
        }
        return targets;
    }

    private static Cause.Consequence cancelledBeforeDelivery(Cause.Shop shop) {
        Place reading = reading(Cause.CANCELLATION.heldUp());
        site.work().hold(reading);
        site.work().awaitHeld(reading);
        Cause.Consequence consequence = Cause.CANCELLATION.bring(shop);
        site.work().release(reading);
        return consequence;
    }

    /** Every point that was passed; the end of what ends with a commit is the same as that commit. */
    private static List<String> pointsOf(List<Place> passed, String work, String subject) {
        Set<String> points = new LinkedHashSet<>();
        for (Place place : passed) {
            if (place.work().equals(work)
                    && place.subject().equals(subject)
                    && !place.point().equals(END)) {
                points.add(place.point());
            }
        }
        assertThat(points).as(work + " has handled " + subject).isNotEmpty();
        return List.copyOf(points);
    }

    /** A relay has eight workers, and each victim keeps one: every other point at a time. */
    private static List<Target> half(List<Target> targets, int half) {
        List<Target> some = new ArrayList<>();
        for (Target target : targets) {
            List<String> points = new ArrayList<>();
            for (int i = half; i < target.points().size(); i += 2) {
                points.add(target.points().get(i));
            }
            some.add(new Target(target.work(), target.cause(), points));
        }
        return some;
    }

    private static Place reading(ServiceName service) {
        return new Place(QUEUE + service.word(), "", WorkControl.READING);
    }

    /** Has all events wait in their outboxes, says where each is to be held, and lets them go. */
    private static List<Victim> lead(Cause.Shop shop, List<Target> targets) {
        Set<ServiceName> heldUp = EnumSet.noneOf(ServiceName.class);
        List<Victim> victims = new ArrayList<>();
        for (Cause cause : Cause.values()) {
            if (heldUp.add(cause.heldUp())) {
                site.work().hold(reading(cause.heldUp()));
                site.work().awaitHeld(reading(cause.heldUp()));
            }
            targets.stream()
                    .filter(target -> target.cause() == cause)
                    .forEach(target -> target.points().forEach(point -> victims.add(plan(shop, target, point))));
        }
        heldUp.forEach(service -> site.work().release(reading(service)));
        victims.forEach(victim -> site.work().awaitHeld(victim.place()));
        return victims;
    }

    private static Victim plan(Cause.Shop shop, Target target, String point) {
        Cause.Consequence consequence = target.cause().bring(shop);
        String subject = target.work().startsWith(CONSUMER)
                ? target.cause().events(site, consequence).getFirst().toString()
                : consequence.key();
        Place place = new Place(target.work(), subject, point);
        site.work().hold(place);
        return new Victim(place, consequence);
    }

    /** Every queue through which events have gone: what was delivered, and is not, or only just, marked as such. */
    private static List<Victim> leadQueues(Cause.Shop shop, String point) {
        List<Place> places = site.work().passed().stream()
                .filter(place -> SETTLING.contains(place.point()))
                .map(place -> new Place(place.work(), "", point))
                .distinct()
                .toList();
        assertThat(places).isNotEmpty();
        // The order's events are to be settled together: the first of them alone would keep the others from their
        // consumers.
        Place reading = reading(Cause.ORDER.heldUp());
        site.work().hold(reading);
        site.work().awaitHeld(reading);
        Cause.Consequence order = Cause.ORDER.bring(shop);
        places.forEach(site.work()::hold);
        Cause.Consequence registration = Cause.REGISTRATION.bring(shop);
        Cause.Consequence stock = Cause.STOCK.bring(shop);
        site.work().release(reading);
        List<Cause.Consequence> consequences = List.of(registration, order, stock);
        List<Victim> victims = new ArrayList<>();
        for (Place place : places) {
            site.work().awaitHeld(place);
            consequences.forEach(consequence -> victims.add(new Victim(place, consequence)));
        }
        return victims;
    }

    /** Every job that has run more than once by now, held when its work is done and nobody knows it yet. */
    private static List<Victim> leadJobs() {
        Map<String, Integer> runs = new LinkedHashMap<>();
        site.work().passed().stream()
                .filter(place -> place.work().startsWith(JOB) && place.point().equals(END))
                .forEach(place -> runs.merge(place.work(), 1, Integer::sum));
        List<Place> places = runs.entrySet().stream()
                .filter(job -> job.getValue() > OFTEN)
                .map(job -> new Place(job.getKey(), "", END))
                .toList();
        assertThat(places).isNotEmpty();
        places.forEach(site.work()::hold);
        places.forEach(site.work()::awaitHeld);
        places.forEach(place -> RUNS_WHEN_HELD.put(place, runs(place)));
        return places.stream()
                .map(place -> new Victim(place, new Cause.Consequence(Cause.ORDER, "", null)))
                .toList();
    }

    private static void examine(ForkedPlatform platform, Cause.Shop shop, List<Victim> victims) {
        site.awaitDelivered();
        for (Victim victim : victims) {
            String outcome =
                    victim.consequence().key().isEmpty() ? runsAgain(victim.place()) : examine(platform, victim);
            ROWS.add("| %s | %s | %s |"
                    .formatted(victim.place().work(), victim.place().point(), outcome));
        }
        awaitStatistics(victims);
        Reconciled reconciled = Reconciled.by(platform.operator());
        assertThat(reconciled.breaches()).isEmpty();
        ROWS.add("| %d events | | %d invariants hold |".formatted(victims.size(), reconciled.invariants()));
        assertThat(shop.customer().email()).isNotEmpty();
    }

    /** The job is run by the platform that was started after the kill. */
    private static String runsAgain(Place job) {
        Eventually.holds(
                job.work() + " runs again",
                CrashSite.RECOVERY_LIMIT,
                () -> runs(job) > RUNS_WHEN_HELD.getOrDefault(job, Long.MAX_VALUE));
        return "runs again";
    }

    private static long runs(Place job) {
        return site.work().passed().stream().filter(job::equals).count();
    }

    private static String examine(ForkedPlatform platform, Victim victim) {
        Cause.Consequence consequence = victim.consequence();
        if (victim.place().work().startsWith(CONSUMER)) {
            assertThat(noted(victim.place().subject())).as(victim.toString()).isLessThanOrEqualTo(1);
        }
        Cause.Purchase purchase = consequence.purchase();
        if (purchase == null) {
            assertThat(site.one(
                            ServiceName.CUSTOMER.word(),
                            Long.class,
                            "SELECT count(*) FROM customers WHERE id = ?::uuid",
                            consequence.key()))
                    .as(victim.toString())
                    .isEqualTo(1);
            return "one customer";
        }
        Scenario.State state = state(platform, purchase.offer());
        assertThat(state.isThatOf(purchase.state()))
                .as(victim + " is now " + state)
                .isTrue();
        return "%s: %d available, charged %d× %s"
                .formatted(
                        consequence.cause().name().toLowerCase(Locale.ROOT),
                        state.available(),
                        state.charges(),
                        state.charged().toPlainString());
    }

    /** How many consumers have noted the event, of which each of these has one. */
    private static long noted(String event) {
        return CrashSite.services().stream()
                .mapToLong(service -> site.one(
                        service,
                        Long.class,
                        "SELECT count(*) FROM inbox_events WHERE event_id = ?",
                        UUID.fromString(event)))
                .sum();
    }

    private static Scenario.State state(ForkedPlatform platform, Market.Offer offer) {
        CrashSite.Charged charged = site.charged(offer.total());
        int available = platform.visitor()
                .get("/api/v1/store/products/" + offer.product() + "/availability")
                .expect(200)
                .path("available")
                .asInt();
        return new Scenario.State(available, charged.times(), charged.sum());
    }

    /** The statistics of the live generation count each of the orders once. */
    private static void awaitStatistics(List<Victim> victims) {
        victims.stream()
                .map(Victim::consequence)
                .filter(consequence -> consequence.purchase() != null && consequence.cause() != Cause.STOCK)
                .findFirst()
                .ifPresent(consequence -> {
                    UUID customer = site.one(
                            ServiceName.ORDER.word(),
                            UUID.class,
                            "SELECT customer_id FROM orders WHERE id = ?",
                            UUID.fromString(consequence.key()));
                    long placed = site.one(
                            ServiceName.ORDER.word(),
                            Long.class,
                            "SELECT count(*) FROM orders WHERE customer_id = ?",
                            customer);
                    Eventually.holds(
                            "the customer's " + placed + " orders are counted",
                            CrashSite.RECOVERY_LIMIT,
                            () -> site.one(
                                            ServiceName.CUSTOMER.word(),
                                            Long.class,
                                            "SELECT coalesce(sum(s.orders), 0)::bigint FROM customer_statistics s"
                                                    + " JOIN customer_statistics_generations g USING (generation)"
                                                    + " WHERE g.state = 'live' AND s.customer_id = ?",
                                            customer)
                                    == placed);
                });
    }
}
