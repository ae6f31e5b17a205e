package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.platform.testing.TestKafka;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Kafka is not there at first, and is killed under load: orders are accepted all the time, and no event is lost or repeated. */
@Tag("PLT-14")
@Tag("PLT-13")
@HoldsThePlatform("starts the platform without its broker, and kills the broker")
final class BrokerKilledJourneyTest {

    private static final int CUSTOMERS = 3;
    private static final int ORDERS_BETWEEN = 8;
    private static final int UNITS = 10_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void eachEventHasItsEffectOnceThoughTheBrokerIsLateAndIsKilled() throws InterruptedException, ExecutionException {
        TestKafka broker = TestKafka.prepare();
        try (ForkedPlatform platform = ForkedPlatform.in(Installation.freshFolder("broker"))
                .onMigratedDatabases()
                .port(Installation.freePort())
                .argument("--events=kafka")
                .argument("--kafka-bootstrap=" + broker.bootstrap())
                .start()) {
            awaitLine(platform, "Kafka at " + broker.bootstrap() + " cannot be reached; events wait");
            awaitHealthOfEvents(platform, "DOWN");
            Merchant merchant = platform.merchant();
            merchant.sendEverywhere();
            String product = merchant.product("10.00", UNITS);
            try (Customers customers = Customers.buying(product, platform.visitor())) {
                customers.awaitMoreOrders();
                broker.start();
                awaitHealthOfEvents(platform, "UP");
                customers.awaitMoreOrders();

                broker.kill();
                customers.awaitMoreOrders();
                awaitHealthOfEvents(platform, "DOWN");
                broker.start();
                customers.awaitMoreOrders();
                customers.stop();

                customers.orders().forEach(order -> awaitCapture(merchant, order));
                customers.perCustomer().forEach((customer, orders) -> awaitStatistics(merchant, customer, orders));
                assertThat(merchant.available(product))
                        .isEqualTo(UNITS - customers.orders().size());
            }
            awaitHealthOfEvents(platform, "UP");
            assertThat(platform.operator()
                            .get("/api/v1/admin/stuck-work")
                            .expect(200)
                            .path("items"))
                    .isEmpty();
            assertThat(Reconciled.by(platform.operator()).breaches()).isEmpty();
        } finally {
            broker.close();
        }
    }

    private static void awaitLine(ForkedPlatform platform, String text) {
        Eventually.holds("it says: " + text, LIMIT, () -> {
            try (Stream<String> lines = Files.lines(platform.output())) {
                return lines.anyMatch(line -> line.contains(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void awaitHealthOfEvents(ForkedPlatform platform, String status) {
        Eventually.holds(
                "the component events is " + status,
                LIMIT,
                () -> platform.visitor()
                        .get("/actuator/health")
                        .body()
                        .at("/components/events/status")
                        .asString("")
                        .equals(status));
    }

    /** Capturing, and the order's notice of it, are effects of events. */
    private static void awaitCapture(Merchant merchant, String order) {
        Eventually.holds(
                "the payment is captured and the order knows it",
                LIMIT,
                () -> merchant.payments(order).at("/0/status").asString("").equals("CAPTURED")
                        && merchant.shop()
                                .get("/api/v1/admin/orders/" + order)
                                .expect(200)
                                .hasNonNull("paidAt"));
        assertThat(merchant.payments(order)).hasSize(1);
        assertThat(new BigDecimal(
                        merchant.payments(order).at("/0/captured/amount").asString()))
                .isEqualByComparingTo("14.90");
    }

    /** An event that is counted twice is seen here, whoever else would bear it. */
    private static void awaitStatistics(Merchant merchant, String customer, int orders) {
        Eventually.holds("the statistics know all orders", LIMIT, () -> {
            JsonNode counted = PurchaseJourney.statistics(merchant.shop(), customer);
            return counted.path("orders").asInt() >= orders
                    && counted.path("confirmedOrders").asInt() >= orders;
        });
        JsonNode counted = PurchaseJourney.statistics(merchant.shop(), customer);
        assertThat(List.of(
                        counted.path("orders").asInt(),
                        counted.path("confirmedOrders").asInt(),
                        counted.path("units").asInt()))
                .containsOnly(orders);
    }

    /** Customers who buy one unit after the other, and to whom nothing may be refused. */
    private static final class Customers implements AutoCloseable {

        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<Buyer> buyers;
        private final List<Queue<String>> orders;
        private final List<Future<?>> shopping = new ArrayList<>();

        private Customers(List<Buyer> buyers) {
            this.buyers = buyers;
            this.orders = buyers.stream()
                    .<Queue<String>>map(_ -> new ConcurrentLinkedQueue<>())
                    .toList();
        }

        static Customers buying(String product, HttpShop visitor) {
            Customers customers = new Customers(Stream.generate(() -> Buyer.customer(visitor))
                    .limit(CUSTOMERS)
                    .toList());
            for (int i = 0; i < CUSTOMERS; i++) {
                customers.buy(customers.buyers.get(i), customers.orders.get(i), product);
            }
            return customers;
        }

        private void buy(Buyer buyer, Queue<String> placed, String product) {
            shopping.add(threads.submit(() -> {
                while (!stopped.get()) {
                    JsonNode order = buyer.buy(product, 1, Buyer.CARD).expect(201);
                    assertThat(order.path("status").asString()).isEqualTo("CONFIRMED");
                    placed.add(order.path("orderId").asString());
                }
            }));
        }

        List<String> orders() {
            return orders.stream().flatMap(Queue::stream).toList();
        }

        void awaitMoreOrders() {
            int enough = orders().size() + ORDERS_BETWEEN;
            Eventually.holds(
                    "orders are accepted",
                    LIMIT,
                    () -> orders().size() >= enough || shopping.stream().anyMatch(Future::isDone));
        }

        /** Returns when all have ended what they began. */
        void stop() throws InterruptedException, ExecutionException {
            stopped.set(true);
            for (Future<?> one : shopping) {
                one.get();
            }
        }

        /** How many orders each customer has, by id. */
        Map<String, Integer> perCustomer() {
            return Stream.iterate(0, i -> i < CUSTOMERS, i -> i + 1)
                    .collect(Collectors.toMap(
                            i -> buyers.get(i)
                                    .shop()
                                    .get("/api/v1/store/orders/" + orders.get(i).element())
                                    .expect(200)
                                    .path("customerId")
                                    .asString(),
                            i -> orders.get(i).size()));
        }

        @Override
        public void close() {
            stopped.set(true);
            threads.shutdownNow();
        }
    }
}
