package org.cartulary.promotion;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.cartulary.contracts.promotion.PromotedLine;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Lines from which promotions take something off, one after another; none falls below zero. For one thread. */
final class Basket {

    private static final BigDecimal WHOLE = BigDecimal.valueOf(10_000);

    private final List<PromotedLine> lines;
    private final Currency currency;
    private final Money subtotal;
    private final List<Money> left;

    Basket(List<PromotedLine> lines) {
        this.lines = lines;
        this.currency = lines.getFirst().unitPrice().currency();
        this.left = new ArrayList<>(lines.stream().map(PromotedLine::total).toList());
        this.subtotal = Money.sum(left, currency);
    }

    /** What all lines cost before any discount. */
    Money subtotal() {
        return subtotal;
    }

    /** What the promotion would take off each line now. */
    List<Money> taken(Offer offer) {
        return switch (offer.benefit()) {
            case Benefit.Percentage(int basisPoints, Money maximum) -> {
                List<Money> weights = eligible(offer);
                yield spread(least(part(Money.sum(weights, currency), basisPoints), maximum), weights);
            }
            case Benefit.FixedAmount(Money amount) -> {
                List<Money> weights = eligible(offer);
                yield spread(least(Money.sum(weights, currency), amount), weights);
            }
            case Benefit.FreeShipping() ->
                lines.stream().map(line -> Money.zero(currency)).toList();
            case Benefit.BuyXGetY benefit -> {
                List<Money> cheaper = cheapest(offer, benefit);
                yield spread(least(Money.sum(cheaper, currency), benefit.maximum()), cheaper);
            }
        };
    }

    /** Takes it off. */
    void take(List<Money> amounts) {
        for (int i = 0; i < amounts.size(); i++) {
            left.set(i, left.get(i).minus(amounts.get(i)));
        }
    }

    /** What each line still costs, nothing for those that the promotion is not for. */
    private List<Money> eligible(Offer offer) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> offer.conditions().isFor(lines.get(i)) ? left.get(i) : Money.zero(currency))
                .toList();
    }

    /** What the units that are got cost less, by line: the cheapest units, of equals those of the last lines. */
    private List<Money> cheapest(Offer offer, Benefit.BuyXGetY benefit) {
        List<Integer> cheapestFirst = IntStream.range(0, lines.size())
                .filter(i -> offer.conditions().isFor(lines.get(i)))
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> lines.get(i).unitPrice())
                        .thenComparing(Comparator.reverseOrder()))
                .toList();
        long units =
                cheapestFirst.stream().mapToLong(i -> lines.get(i).quantity()).sum();
        long got = units / (benefit.buy() + benefit.get()) * benefit.get();
        List<Money> less =
                new ArrayList<>(lines.stream().map(line -> Money.zero(currency)).toList());
        for (int i : cheapestFirst) {
            PromotedLine line = lines.get(i);
            long ofLine = Math.min(got, line.quantity());
            got -= ofLine;
            less.set(i, least(part(line.unitPrice().times(ofLine), benefit.basisPoints()), left.get(i)));
        }
        return less;
    }

    private Money part(Money amount, int basisPoints) {
        BigDecimal part = BigDecimal.valueOf(amount.minorUnits())
                .multiply(BigDecimal.valueOf(basisPoints))
                .divide(WHOLE, 0, RoundingMode.HALF_UP);
        return Money.ofMinor(part.longValueExact(), currency);
    }

    private static Money least(Money amount, @Nullable Money most) {
        return most == null || amount.compareTo(most) <= 0 ? amount : most;
    }

    /** The amount, which is not more than the weights together, by lines. */
    private List<Money> spread(Money amount, List<Money> weights) {
        return amount.isZero()
                ? weights.stream().map(weight -> Money.zero(currency)).toList()
                : amount.split(weights.stream().mapToLong(Money::minorUnits).toArray());
    }
}
