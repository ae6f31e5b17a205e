package org.cartulary.promotion;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.promotion.ClaimPromotions;
import org.cartulary.contracts.promotion.PromotionUse;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of claims: those that come at the same time are one statement of one transaction, in the order in which they came, so
 * that the counter of a promotion that everybody wants changes once for all of them. Thread-safe.
 */
final class ClaimStore {

    private final Coalescer<ClaimPromotions, List<Row>> claiming;

    ClaimStore(Database database) {
        this.claiming = Coalescing.of(database).together("claim-promotions", ClaimStore::claimAll);
    }

    /** A row of the answer of {@code claim_promotions} to one of its calls, which are numbered from 1. */
    record Row(int call, String outcome, @Nullable UUID promotionId) {

        static Row read(ResultSet row, int number) throws SQLException {
            return new Row(row.getInt("call"), row.getString("outcome"), row.getObject("promotion_id", UUID.class));
        }
    }

    List<Row> claim(ClaimPromotions command) {
        return claiming.call(command);
    }

    /** An order that is claimed for again in the same batch has its turn after those that are claimed for the first time. */
    static List<List<Row>> claimAll(Transaction tx, List<Call<ClaimPromotions>> calls) {
        List<List<Row>> answers = new ArrayList<>();
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
                (orders.add(calls.get(call).command().orderId()) ? round : later).add(call);
            }
            List<ClaimPromotions> commands =
                    round.stream().map(call -> calls.get(call).command()).toList();
            claimDifferent(tx, commands)
                    .forEach(row -> answers.get(round.get(row.call() - 1)).add(row));
            waiting = later;
        }
        return answers;
    }

    private static List<Row> claimDifferent(Transaction tx, List<ClaimPromotions> commands) {
        List<Integer> callsOfUses = new ArrayList<>();
        List<PromotionUse> uses = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            for (PromotionUse use : commands.get(i).uses()) {
                callsOfUses.add(i + 1);
                uses.add(use);
            }
        }
        return tx.jdbc()
                .sql("""
                        SELECT call, outcome, promotion_id
                        FROM claim_promotions(:orderIds, :customerIds, :calls, :promotionIds, :codes, :amounts, :currencies)
                        ORDER BY call
                        """)
                .param("orderIds", Sql.uuidArray(commands, ClaimPromotions::orderId))
                .param("customerIds", Sql.uuidArray(commands, ClaimPromotions::customerId))
                .param("calls", Sql.intArray(callsOfUses))
                .param("promotionIds", Sql.uuidArray(uses, PromotionUse::promotionId))
                .param("codes", Sql.textArray(uses, PromotionUse::code))
                .param("amounts", Sql.numericArray(uses, use -> use.amount().amount()))
                .param("currencies", Sql.textArray(uses, use -> use.amount().currencyCode()))
                .query(Row::read)
                .list();
    }
}
