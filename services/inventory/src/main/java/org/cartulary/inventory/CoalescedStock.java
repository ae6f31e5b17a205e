package org.cartulary.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.inventory.Availability;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.inventory.StockStore.ReserveRow;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * What every purchase asks of the stock: the calls of one kind that come at the same time are one statement of one transaction,
 * in the order in which they came. Thread-safe.
 */
final class CoalescedStock {

    private final Coalescer<ReserveStock, List<ReserveRow>> reserving;
    private final Coalescer<UUID, String> confirming;
    private final Coalescer<List<UUID>, List<Availability>> looking;

    CoalescedStock(Database database) {
        Coalescing coalescing = Coalescing.of(database);
        this.reserving = coalescing.together("reserve-stock", CoalescedStock::reserveAll);
        this.confirming = coalescing.together("confirm-reservation", CoalescedStock::confirmAll);
        this.looking = coalescing.together("availability", CoalescedStock::availabilityOfAll);
    }

    List<ReserveRow> reserve(ReserveStock command) {
        return reserving.call(command);
    }

    String confirm(UUID orderId) {
        return confirming.call(orderId);
    }

    List<Availability> availability(List<UUID> productIds) {
        return looking.call(productIds);
    }

    /** An order that is asked for again in the same batch has its turn after those that are asked for the first time. */
    static List<List<ReserveRow>> reserveAll(Transaction tx, List<Call<ReserveStock>> calls) {
        List<List<ReserveRow>> answers = new ArrayList<>();
        List<Integer> waiting = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            answers.add(new ArrayList<>());
            waiting.add(i);
        }
        while (!waiting.isEmpty()) {
            Set<UUID> orders = new HashSet<>();
            List<Integer> round = new ArrayList<>();
            List<Integer> later = new ArrayList<>();
            for (int call : waiting) {
                boolean isFirst = orders.add(calls.get(call).command().orderId());
                (isFirst ? round : later).add(call);
            }
            reserveDifferent(
                            tx,
                            round.stream()
                                    .map(call -> calls.get(call).command())
                                    .toList())
                    .forEach(row -> answers.get(round.get(row.call() - 1)).add(row));
            waiting = later;
        }
        return answers;
    }

    private static List<ReserveRow> reserveDifferent(Transaction tx, List<ReserveStock> commands) {
        List<Integer> callsOfLines = new ArrayList<>();
        List<StockLine> lines = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            for (StockLine line : commands.get(i).lines()) {
                callsOfLines.add(i + 1);
                lines.add(line);
            }
        }
        return tx.jdbc()
                .sql("""
                        SELECT call, outcome, expires_at, product_id, requested, available
                        FROM reserve_orders(:orderIds, cast(:customerIds AS uuid[]), :minutes, :maximumOpen, :calls,
                                            :productIds, :quantities)
                        """)
                .param("orderIds", Sql.uuidArray(commands, ReserveStock::orderId))
                .param("customerIds", Sql.textArray(commands, CoalescedStock::customer))
                .param("minutes", Sql.intArray(commands, ReserveStock::minutes))
                .param("maximumOpen", Sql.intArray(commands, ReserveStock::maximumOpenPerProduct))
                .param("calls", Sql.intArray(callsOfLines))
                .param("productIds", Sql.uuidArray(lines, StockLine::productId))
                .param("quantities", Sql.intArray(lines, StockLine::quantity))
                .query(ReserveRow::read)
                .list();
    }

    private static @Nullable String customer(ReserveStock command) {
        UUID customer = command.customerId();
        return customer == null ? null : customer.toString();
    }

    /** What became of each reservation; an order may be named twice. */
    static List<String> confirmAll(Transaction tx, List<Call<UUID>> calls) {
        return tx.jdbc()
                .sql("SELECT status FROM confirm_reservations(:orderIds)")
                .param("orderIds", Sql.uuidArray(calls, Call::command))
                .query(String.class)
                .list();
    }

    private static List<List<Availability>> availabilityOfAll(Transaction tx, List<Call<List<UUID>>> calls) {
        Set<UUID> products = new HashSet<>();
        calls.forEach(call -> products.addAll(call.command()));
        Map<UUID, Availability> found = new HashMap<>();
        tx.jdbc()
                .sql("""
                        SELECT asked.product_id, least(coalesce(sum(i.available_quantity), 0), 2147483647) AS available
                        FROM unnest(:productIds) AS asked(product_id)
                        LEFT JOIN inventory i ON i.tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
                                             AND i.product_id = asked.product_id
                        GROUP BY asked.product_id
                        """)
                .param("productIds", Sql.uuidArray(products))
                .query((row, number) ->
                        new Availability(row.getObject("product_id", UUID.class), row.getInt("available")))
                .list()
                .forEach(one -> found.put(one.productId(), one));
        return calls.stream()
                .map(call -> call.command().stream()
                        .distinct()
                        .map(product -> Objects.requireNonNull(found.get(product)))
                        .toList())
                .toList();
    }
}
