package org.cartulary.order;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.CreateOrderResult.Created;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.contracts.order.OrderPlaced;
import org.cartulary.contracts.order.PlacedLine;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.coalescing.SharedTransactions;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;

/** Creates orders. The order, its first history row and its event are one transaction. Thread-safe. */
final class CreatingOrder {

    /** With fifty random bits a second attempt is rare, and a fifth one means that something else is wrong. */
    private static final int MAX_ATTEMPTS = 5;

    private final SharedTransactions transactions;
    private final OrderStore store;
    private final Outbox outbox;
    private final Supplier<String> numbers;

    CreatingOrder(Database database, OrderStore store, Outbox outbox) {
        this(database, store, outbox, new OrderNumbers()::next);
    }

    CreatingOrder(Database database, OrderStore store, Outbox outbox, Supplier<String> numbers) {
        this.transactions = Coalescing.of(database).shared("create-order");
        this.store = store;
        this.outbox = outbox;
        this.numbers = numbers;
    }

    CreateOrderResult create(CreateOrder command) {
        requireReckonable(command);
        return transactions.run(tx -> create(tx, command));
    }

    private CreateOrderResult create(Transaction tx, CreateOrder command) {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            OrderStore.Creation creation = store.create(tx, command, numbers.get());
            if (creation.result() instanceof Created created && creation.isNew()) {
                publish(tx, command, created);
            }
            if (creation.result() != null) {
                return creation.result();
            }
        }
        throw new IllegalStateException("no free order number was found in " + MAX_ATTEMPTS + " attempts");
    }

    private void publish(Transaction tx, CreateOrder command, Created created) {
        OrderPlaced placed = new OrderPlaced(
                command.orderId(),
                created.orderNumber(),
                command.customerId(),
                command.subtotal(),
                command.tax(),
                command.shipping(),
                command.discount(),
                command.total(),
                command.lines().stream().map(PlacedLine::of).toList(),
                created.placedAt());
        outbox.append(tx, placed, command.orderId(), 1);
    }

    private static void requireReckonable(CreateOrder command) {
        if (command.lines().isEmpty()) {
            throw ProblemException.unprocessable("invalid-request", "an order has at least one line")
                    .with("/lines", "empty", "an order has at least one line");
        }
        String currency = command.total().currencyCode();
        boolean same = Stream.of(command.subtotal(), command.tax(), command.shipping(), command.discount())
                .allMatch(amount -> amount.currencyCode().equals(currency));
        for (OrderLine line : command.lines()) {
            same &= Stream.of(line.unitPrice(), line.discount(), line.tax(), line.total())
                    .map(Money::currencyCode)
                    .allMatch(currency::equals);
        }
        if (!same) {
            throw ProblemException.unprocessable("mixed-currencies", "all amounts of an order are in one currency");
        }
    }
}
