package org.cartulary.promotion;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.customer.FindCustomerGroups;
import org.cartulary.contracts.promotion.PromotionQuote;
import org.cartulary.contracts.promotion.QuotePromotions;
import org.cartulary.contracts.promotion.RefusedCoupon;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Says what promotions take off. What a shop's promotions are is kept in the process; how often they are used is asked each time,
 * of those with limits only; so is in which groups the customer is, where a promotion that could apply is for some. Thread-safe.
 */
final class QuotingPromotions {

    private static final int MAX_CODES = 5;
    /** Others no promotion has, and some no database can be asked for. */
    private static final Pattern CODE = Pattern.compile("[A-Z0-9][A-Z0-9_-]{0,39}");

    private static final int MAX_LINES = 10_000;

    private final KnownOffers offers;
    private final UsageStore usage;
    private final CustomerApi customers;
    private final Clock clock;

    QuotingPromotions(KnownOffers offers, UsageStore usage, CustomerApi customers, Clock clock) {
        this.offers = offers;
        this.usage = usage;
        this.customers = customers;
        this.clock = clock;
    }

    /** The code by which a coupon is known, however it was typed. */
    static String canonical(String code) {
        return code.strip().toUpperCase(Locale.ROOT);
    }

    PromotionQuote quote(QuotePromotions query) {
        requireValid(query);
        List<Offer> considered = query.couponsOnly() ? new ArrayList<>() : new ArrayList<>(offers.withoutCode());
        Map<String, Offer> byCode = new LinkedHashMap<>();
        List<RefusedCoupon> refused = new ArrayList<>();
        for (String typed : query.codes()) {
            String code = canonical(typed);
            Offer offer = byCode.containsKey(code) || !CODE.matcher(code).matches() ? null : offers.withCode(code);
            if (offer != null) {
                byCode.put(code, offer);
                considered.add(offer);
            } else if (!byCode.containsKey(code)) {
                refused.add(new RefusedCoupon(typed, Obstacle.UNKNOWN.reason(true)));
            }
        }
        Map<UUID, Obstacle> obstacles = new HashMap<>();
        List<Offer> met = met(query, considered, obstacles);
        Applying applied = Applying.of(met, query.lines());
        obstacles.putAll(applied.obstacles());
        for (String typed : query.codes()) {
            Offer offer = byCode.remove(canonical(typed));
            Obstacle obstacle = offer == null ? null : obstacles.get(offer.id());
            if (obstacle != null) {
                refused.add(new RefusedCoupon(typed, obstacle.reason(true)));
            }
        }
        boolean dependsOnFirstOrder = query.firstOrder() == null
                && met.stream().anyMatch(offer -> offer.conditions().firstOrderOnly());
        return new PromotionQuote(applied.discounts(), refused, dependsOnFirstOrder);
    }

    /** Those whose conditions are met and that may still be used; what keeps the others goes into the map. */
    private List<Offer> met(QuotePromotions query, List<Offer> considered, Map<UUID, Obstacle> obstacles) {
        Meeting meeting = new Meeting(query.lines(), query.customerId(), query.firstOrder(), clock.instant());
        List<Offer> met = new ArrayList<>();
        for (Offer offer : considered) {
            Obstacle obstacle = meeting.obstacle(offer);
            if (obstacle == null) {
                met.add(offer);
            } else {
                obstacles.put(offer.id(), obstacle);
            }
        }
        if (met.stream().anyMatch(offer -> offer.conditions().isForGroups())) {
            Set<UUID> groups = groupsOf(query.customerId());
            met.stream()
                    .filter(offer -> offer.conditions().isForGroups()
                            && Collections.disjoint(offer.conditions().groupIds(), groups))
                    .forEach(offer -> obstacles.put(offer.id(), Obstacle.NOT_IN_GROUP));
            met.removeIf(offer -> obstacles.containsKey(offer.id()));
        }
        List<Offer> limited = met.stream().filter(offer -> offer.limits().any()).toList();
        if (!limited.isEmpty()) {
            obstacles.putAll(usage.limitsReached(limited, query.customerId()));
            met.removeIf(offer -> obstacles.containsKey(offer.id()));
        }
        return met;
    }

    /** Asked only where a promotion that could apply is for groups: those are for customers with an account. */
    private Set<UUID> groupsOf(@Nullable UUID customer) {
        return customer == null
                ? Set.of()
                : Set.copyOf(customers.groups(new FindCustomerGroups(customer)).groupIds());
    }

    private static void requireValid(QuotePromotions query) {
        if (query.lines().isEmpty() || query.lines().size() > MAX_LINES) {
            throw invalid("/lines", "a purchase has from 1 to " + MAX_LINES + " lines");
        }
        if (query.codes().size() > MAX_CODES) {
            throw invalid("/codes", "a purchase has at most " + MAX_CODES + " coupons");
        }
    }

    private static ProblemException invalid(String pointer, String detail) {
        return ProblemException.unprocessable("invalid-request", detail).with(pointer, "invalid", detail);
    }
}
