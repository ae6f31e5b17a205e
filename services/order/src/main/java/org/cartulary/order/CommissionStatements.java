package org.cartulary.order;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What vendors sold in a period, what the shop keeps of it and what is due to them, to the cent. Thread-safe. */
final class CommissionStatements {

    static final int MAX_LINES = 50_000;

    private final VendorLineStore store;

    CommissionStatements(VendorLineStore store) {
        this.store = store;
    }

    /**
     * Days, of which the last is left out.
     *
     * @param timeZone the IANA time zone in which they begin
     */
    record Period(LocalDate from, LocalDate until, String timeZone) {}

    /**
     * What a vendor sold in one currency.
     *
     * @param orders in which it sold something
     * @param paid what customers pay for its lines, tax included; amounts are decimal numbers, which may be greater than one
     *     amount of money
     * @param refunded the lines' part of what was given back
     * @param commission what the shop keeps
     * @param due what is left: paid less refunded less commission
     */
    record Statement(
            UUID vendorId,
            String currency,
            int orders,
            long lines,
            long units,
            String paid,
            String refunded,
            String commission,
            String due) {}

    /** The statements of a period. */
    record Statements(LocalDate from, LocalDate until, List<Statement> items) {}

    /**
     * The statements of a vendor, or of all: of what was sold in the period, as it stands now. Orders that are not paid, or were
     * cancelled, count for nothing.
     *
     * @throws ProblemException 422 if the period is none, or has more than 50,000 lines
     */
    Statements of(@Nullable UUID vendorId, Period period) {
        ZoneId zone = zone(period);
        List<VendorLine> lines = store.sold(
                vendorId,
                period.from().atStartOfDay(zone).toInstant(),
                period.until().atStartOfDay(zone).toInstant(),
                MAX_LINES + 1);
        if (lines.size() > MAX_LINES) {
            throw ProblemException.unprocessable(
                            "period-too-long", "the period has more than " + MAX_LINES + " lines of vendors")
                    .with("?until", "too-late", "ask for a shorter period");
        }
        Map<UUID, SoldOrder> orders = store.ordersOf(lines);
        Map<Account, Sums> sums = new HashMap<>();
        for (VendorLine line : lines) {
            SoldOrder order = Objects.requireNonNull(orders.get(line.orderId()));
            if (order.isPaid()) {
                sums.computeIfAbsent(
                                new Account(line.vendorId(), order.currency().getCurrencyCode()), _ -> new Sums())
                        .add(order, line);
            }
        }
        List<Statement> items = sums.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(Account::vendorId).thenComparing(Account::currency)))
                .map(entry -> entry.getValue().statement(entry.getKey()))
                .toList();
        return new Statements(period.from(), period.until(), items);
    }

    private static ZoneId zone(Period period) {
        if (!ZoneId.getAvailableZoneIds().contains(period.timeZone())) {
            throw ProblemException.unprocessable(
                            "invalid-time-zone", "\"" + period.timeZone() + "\" is not an IANA time zone")
                    .with("?timeZone", "invalid", "name a time zone such as Europe/London");
        }
        if (!period.from().isBefore(period.until())) {
            throw ProblemException.unprocessable("invalid-period", "a period ends after it begins")
                    .with("?until", "too-early", "name the first day that is left out");
        }
        return ZoneId.of(period.timeZone());
    }

    private record Account(UUID vendorId, String currency) {}

    /** What the lines of one vendor in one currency come to. */
    private static final class Sums {
        private final Set<UUID> orders = new HashSet<>();
        private long lines;
        private long units;
        private BigDecimal paid = BigDecimal.ZERO;
        private BigDecimal refunded = BigDecimal.ZERO;
        private BigDecimal commission = BigDecimal.ZERO;
        private BigDecimal due = BigDecimal.ZERO;

        void add(SoldOrder order, VendorLine line) {
            SoldOrder.Share share = order.shareOf(line);
            orders.add(order.id());
            lines++;
            units += line.quantity();
            paid = paid.add(line.paid());
            refunded = refunded.add(share.refunded().amount());
            commission = commission.add(share.commission().amount());
            due = due.add(share.due().amount());
        }

        Statement statement(Account account) {
            int decimals = Money.currencyOf(account.currency()).getDefaultFractionDigits();
            return new Statement(
                    account.vendorId(),
                    account.currency(),
                    orders.size(),
                    lines,
                    units,
                    text(paid, decimals),
                    text(refunded, decimals),
                    text(commission, decimals),
                    text(due, decimals));
        }

        private static String text(BigDecimal amount, int decimals) {
            return amount.setScale(decimals).toPlainString();
        }
    }
}
