package org.cartulary.order;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.CreateOrderResult.Created;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.contracts.order.OrderPlaced;
import org.cartulary.contracts.order.PlacedLine;
import org.cartulary.order.OrderStore.Creation;
import org.cartulary.order.OrderStore.NewOrder;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.CallFailedException;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.NewEvent;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;

/**
 * Creates orders. The order, its first history row and its event are one transaction, which orders that come at the same time
 * share: a statement creates them all, and one publishes them all. Thread-safe.
 */
final class CreatingOrder {

    /** With fifty random bits a second attempt is rare, and a fifth one means that something else is wrong. */
    private static final int MAX_ATTEMPTS = 5;

    private final Coalescer<SealedOrder, CreateOrderResult> coalescer;
    private final OrderStore store;
    private final SealingOrders sealing;
    private final Outbox outbox;
    private final Supplier<String> numbers;

    CreatingOrder(Database database, OrderStore store, SealingOrders sealing, Outbox outbox) {
        this(database, store, sealing, outbox, new OrderNumbers()::next);
    }

    CreatingOrder(Database database, OrderStore store, SealingOrders sealing, Outbox outbox, Supplier<String> numbers) {
        this.coalescer = Coalescing.of(database).together("create-order", this::createAll);
        this.store = store;
        this.sealing = sealing;
        this.outbox = outbox;
        this.numbers = numbers;
    }

    CreateOrderResult create(CreateOrder command) {
        requireReckonable(command);
        return coalescer.call(sealing.seal(command));
    }

    private List<CreateOrderResult> createAll(Transaction tx, List<Call<SealedOrder>> calls) {
        Map<Integer, CreateOrderResult> results = new HashMap<>();
        List<NewEvent> events = new ArrayList<>();
        for (int attempt = 1; attempt <= MAX_ATTEMPTS && results.size() < calls.size(); attempt++) {
            List<Integer> positions = undecided(calls.size(), results.keySet());
            List<Creation> creations = store.create(
                    tx,
                    positions.stream()
                            .map(position -> new NewOrder(calls.get(position).command(), numbers.get()))
                            .toList());
            for (int i = 0; i < creations.size(); i++) {
                Creation creation = creations.get(i);
                if (creation.result() != null) {
                    results.put(positions.get(i), creation.result());
                }
                if (creation.isNew() && creation.result() instanceof Created created) {
                    events.add(placed(calls.get(positions.get(i)), created));
                }
            }
        }
        requireNumbersFor(undecided(calls.size(), results.keySet()));
        outbox.appendAll(tx, events);
        return IntStream.range(0, calls.size())
                .mapToObj(position -> Objects.requireNonNull(results.get(position)))
                .toList();
    }

    private static List<Integer> undecided(int calls, Set<Integer> decided) {
        return IntStream.range(0, calls)
                .boxed()
                .filter(position -> !decided.contains(position))
                .toList();
    }

    private static void requireNumbersFor(List<Integer> undecided) {
        if (!undecided.isEmpty()) {
            throw new CallFailedException(
                    undecided.getFirst(),
                    new IllegalStateException("no free order number was found in " + MAX_ATTEMPTS + " attempts"));
        }
    }

    private static NewEvent placed(Call<SealedOrder> call, Created created) {
        CreateOrder command = call.command().command();
        OrderPlaced placed = new OrderPlaced(
                command.orderId(),
                created.orderNumber(),
                command.customerId(),
                command.subtotal(),
                command.tax(),
                command.includedTax(),
                command.shipping(),
                command.discount(),
                command.total(),
                command.lines().stream().map(PlacedLine::of).toList(),
                created.placedAt());
        return new NewEvent(placed, command.orderId(), 1, call.traceId());
    }

    private static void requireReckonable(CreateOrder command) {
        if (command.lines().isEmpty()) {
            throw ProblemException.unprocessable("invalid-request", "an order has at least one line")
                    .with("/lines", "empty", "an order has at least one line");
        }
        String currency = command.total().currencyCode();
        boolean same = Stream.of(
                        command.subtotal(),
                        command.tax(),
                        command.includedTax(),
                        command.shipping(),
                        command.discount())
                .allMatch(amount -> amount.currencyCode().equals(currency));
        for (OrderLine line : command.lines()) {
            same &= Stream.of(line.unitPrice(), line.discount(), line.tax(), line.includedTax(), line.total())
                    .map(Money::currencyCode)
                    .allMatch(currency::equals);
        }
        if (!same) {
            throw ProblemException.unprocessable("mixed-currencies", "all amounts of an order are in one currency");
        }
    }
}
