package org.cartulary.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Writes the lines of a batch, all that can be written: where some are refused they are looked for by halves, and the others are
 * written without them. Thread-safe.
 */
final class WritingLines {

    private WritingLines() {}

    /** What became of a line. */
    sealed interface Outcome {

        /** It is written. */
        record Done(UUID productId, String what) implements Outcome {}

        /** It is refused. */
        record Refused(LineError error) implements Outcome {}
    }

    /** Undoes what was written so far. */
    private static final class Refusal extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private final transient List<LineStore.Written> rows;

        Refusal(List<LineStore.Written> rows) {
            super("refused", null, false, false);
            this.rows = rows;
        }
    }

    /** Undoes a trial. */
    private static final class Tried extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Tried() {
            super("tried", null, false, false);
        }
    }

    /** Writes the lines, of different skus, and says of each what became of it, in no order. */
    static List<Outcome> write(Transaction tx, List<CheckedLine> lines) {
        List<Outcome> outcomes = new ArrayList<>();
        write(tx, lines, outcomes);
        return outcomes;
    }

    /** As {@link #write(Transaction, List)}, and leaves everything as it was. */
    static List<Outcome> attempt(Transaction tx, List<CheckedLine> lines) {
        List<Outcome> outcomes = new ArrayList<>();
        try {
            tx.nested(nested -> {
                write(nested, lines, outcomes);
                throw new Tried();
            });
        } catch (Tried _) {
            return outcomes;
        }
        return outcomes;
    }

    private static void write(Transaction tx, List<CheckedLine> lines, List<Outcome> outcomes) {
        if (lines.isEmpty()) {
            return;
        }
        try {
            tx.nested(nested -> allOrNone(nested, lines))
                    .forEach(row ->
                            outcomes.add(new Outcome.Done(Objects.requireNonNull(row.productId()), row.outcome())));
        } catch (Refusal refusal) {
            List<CheckedLine> others = new ArrayList<>(lines);
            for (LineStore.Written row : refusal.rows) {
                CheckedLine line = lines.get(row.ordinal());
                if (others.remove(line)) {
                    outcomes.add(new Outcome.Refused(unknown(line, row.outcome())));
                }
            }
            write(tx, others, outcomes);
        } catch (DataIntegrityViolationException violation) {
            if (lines.size() == 1) {
                outcomes.add(new Outcome.Refused(refused(lines.getFirst(), violation)));
                return;
            }
            int half = lines.size() / 2;
            write(tx, lines.subList(0, half), outcomes);
            write(tx, lines.subList(half, lines.size()), outcomes);
        }
    }

    private static List<LineStore.Written> allOrNone(Transaction tx, List<CheckedLine> lines) {
        StringBuilder batch = new StringBuilder("[");
        for (int i = 0; i < lines.size(); i++) {
            batch.append(i == 0 ? "" : ",")
                    .append("{\"ordinal\":")
                    .append(i)
                    .append(',')
                    .append(lines.get(i).content())
                    .append('}');
        }
        List<LineStore.Written> rows = LineStore.write(tx, batch.append(']').toString());
        List<LineStore.Written> unknown = rows.stream()
                .filter(row -> row.outcome().startsWith("unknown-"))
                .toList();
        if (!unknown.isEmpty()) {
            throw new Refusal(unknown);
        }
        LineStore.checkAtOnce(tx);
        return rows;
    }

    private static LineError unknown(CheckedLine line, String outcome) {
        return switch (outcome) {
            case "unknown-variant" ->
                new LineError(
                        line.number(),
                        "prices",
                        outcome,
                        "a price names a variant by a sku that the product does not have");
            case "unknown-vendor" ->
                new LineError(line.number(), "vendorId", outcome, "there is no such vendor: admit it first");
            default -> {
                String what = outcome.substring("unknown-".length());
                yield new LineError(
                        line.number(), what + "Slug", outcome, "there is no such " + what + ": create it first");
            }
        };
    }

    private static LineError refused(CheckedLine line, DataIntegrityViolationException violation) {
        String message = String.valueOf(violation.getMessage());
        if (message.contains("catalog_skus_pkey")) {
            return new LineError(
                    line.number(), "", "sku-exists", "another product or variant has one of the skus of this one");
        }
        if (message.contains("uq_products_slug")) {
            return new LineError(line.number(), "slug", "slug-exists", "another product has this slug");
        }
        if (message.contains("_compare_at_price")) {
            return new LineError(
                    line.number(),
                    "compareAtPrice",
                    "compare-at-price-too-low",
                    "a price to compare with is greater than the price, also than one that the line leaves as it is");
        }
        if (message.contains("ex_product_prices_overlap") || message.contains("uq_product_prices_list")) {
            return new LineError(
                    line.number(),
                    "prices",
                    "prices-overlap",
                    "at no time are there two prices of one thing in one currency");
        }
        return new LineError(
                line.number(), "", "refused-by-database", "a value is one that the shop's records cannot have");
    }
}
