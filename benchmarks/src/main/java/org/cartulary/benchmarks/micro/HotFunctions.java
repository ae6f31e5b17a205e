package org.cartulary.benchmarks.micro;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.contracts.tenant.OrderRules;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.GuestTokens;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/** What is called for each purchase, or for each line of one; in nanoseconds a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HotFunctions {

    private static final Currency EURO = Currency.getInstance("EUR");
    private static final int LINES = 3;
    private static final String LIST = "orders?status=CONFIRMED";

    private final Money total = Money.of(new BigDecimal("64.60"), EURO);
    private final JsonMapper json = ApiJson.tolerant();
    private final Cursors cursors =
            new Cursors("a secret of more than thirty-two bytes".getBytes(StandardCharsets.UTF_8));
    private final List<String> keys = List.of("2026-11-21T12:00:00Z", Ids.next().toString());
    private final RequestContext shop = RequestContext.ofSystem(Ids.next());
    private final String cursor = signed();
    private final String token = UUID.randomUUID().toString();
    private final CreateOrder order = order();
    private final String orderAsJson = json.writeValueAsString(order);

    /** A cursor is good in one shop only. */
    private String signed() {
        return shop.supply(() -> cursors.encode(LIST, keys));
    }

    private static CreateOrder order() {
        Money price = Money.of(new BigDecimal("19.90"), EURO);
        Money nothing = Money.zero(EURO);
        Money shipping = Money.of(new BigDecimal("4.90"), EURO);
        List<OrderLine> lines = IntStream.range(0, LINES)
                .mapToObj(number -> new OrderLine(
                        Ids.next(),
                        "BENCH-" + number,
                        "Blue lantern",
                        null,
                        1,
                        price,
                        nothing,
                        nothing,
                        nothing,
                        price,
                        null))
                .toList();
        Address address =
                new Address("Ada", "Example", null, "1 Example Street", null, "Berlin", null, "10115", "DE", null);
        Money subtotal = price.times(LINES);
        return new CreateOrder(
                Ids.next(),
                null,
                UUID.randomUUID(),
                "ada@guest.example",
                lines,
                subtotal,
                nothing,
                nothing,
                shipping,
                nothing,
                subtotal.plus(shipping),
                List.of(),
                address,
                address,
                Ids.next(),
                "Standard",
                null,
                null,
                null,
                OrderRules.DEFAULTS);
    }

    /** A discount spread over three lines. */
    @Benchmark
    public List<Money> splitMoney() {
        return total.split(1990, 1990, 2480);
    }

    /** The cursor of the next page. */
    @Benchmark
    public String signCursor() {
        return signed();
    }

    /** The cursor that a client sends. */
    @Benchmark
    public List<String> checkCursor() {
        return shop.supply(() -> cursors.decode(LIST, cursor));
    }

    /** Who a guest is, by the token. */
    @Benchmark
    public UUID identifyGuest() {
        return GuestTokens.idOf(token);
    }

    /** An order of three lines as JSON. */
    @Benchmark
    public String writeOrder() {
        return json.writeValueAsString(order);
    }

    /** An order of three lines from JSON. */
    @Benchmark
    public CreateOrder readOrder() {
        return json.readValue(orderAsJson, CreateOrder.class);
    }

    /** A new id. */
    @Benchmark
    public UUID nextId() {
        return Ids.next();
    }
}
