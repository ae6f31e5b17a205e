package org.cartulary.promotion;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** A promotion that tests describe a word at a time. */
final class DraftForTests {

    private final PromotionDraft.Kind kind;
    private @Nullable Integer basisPoints;
    private @Nullable Money amount;
    private @Nullable Integer buy;
    private @Nullable Integer get;
    private @Nullable String code;
    private @Nullable Money maximum;
    private @Nullable Money minimum;
    private List<UUID> products = List.of();
    private List<UUID> categories = List.of();
    private boolean firstOrderOnly;
    private List<UUID> groups = List.of();
    private @Nullable Instant startsAt;
    private @Nullable Instant endsAt;
    private boolean exclusive;
    private int priority;
    private @Nullable Integer totalLimit;
    private @Nullable Integer customerLimit;

    private DraftForTests(PromotionDraft.Kind kind) {
        this.kind = kind;
    }

    static DraftForTests percent(int basisPoints) {
        DraftForTests draft = new DraftForTests(PromotionDraft.Kind.PERCENTAGE);
        draft.basisPoints = basisPoints;
        return draft;
    }

    static DraftForTests off(String amount) {
        DraftForTests draft = new DraftForTests(PromotionDraft.Kind.FIXED_AMOUNT);
        draft.amount = PromotionsForTests.eur(amount);
        return draft;
    }

    static DraftForTests freeShipping() {
        return new DraftForTests(PromotionDraft.Kind.FREE_SHIPPING);
    }

    static DraftForTests buyGet(int buy, int get, int basisPoints) {
        DraftForTests draft = new DraftForTests(PromotionDraft.Kind.BUY_X_GET_Y);
        draft.basisPoints = basisPoints;
        draft.buy = buy;
        draft.get = get;
        return draft;
    }

    DraftForTests code(String text) {
        code = text;
        return this;
    }

    DraftForTests maximum(String most) {
        maximum = PromotionsForTests.eur(most);
        return this;
    }

    DraftForTests minimum(String least) {
        minimum = PromotionsForTests.eur(least);
        return this;
    }

    DraftForTests products(UUID... ids) {
        products = List.of(ids);
        return this;
    }

    DraftForTests categories(UUID... ids) {
        categories = List.of(ids);
        return this;
    }

    DraftForTests firstOrderOnly() {
        firstOrderOnly = true;
        return this;
    }

    DraftForTests groups(UUID... ids) {
        groups = List.of(ids);
        return this;
    }

    DraftForTests between(@Nullable Instant start, @Nullable Instant end) {
        startsAt = start;
        endsAt = end;
        return this;
    }

    DraftForTests exclusive() {
        exclusive = true;
        return this;
    }

    DraftForTests priority(int number) {
        priority = number;
        return this;
    }

    DraftForTests totalLimit(int limit) {
        totalLimit = limit;
        return this;
    }

    DraftForTests customerLimit(int limit) {
        customerLimit = limit;
        return this;
    }

    PromotionDraft draft() {
        return new PromotionDraft(
                "A promotion",
                code,
                kind,
                basisPoints,
                amount,
                buy,
                get,
                maximum,
                minimum,
                products,
                categories,
                firstOrderOnly,
                groups,
                startsAt,
                endsAt,
                exclusive,
                priority,
                totalLimit,
                customerLimit);
    }

    /** As it applies, with an id that is greater than those of the offers before. */
    Offer offer() {
        PromotionDraft draft = draft();
        Benefit benefit = switch (kind) {
            case PERCENTAGE -> new Benefit.Percentage(Objects.requireNonNull(basisPoints), maximum);
            case FIXED_AMOUNT -> new Benefit.FixedAmount(Objects.requireNonNull(amount));
            case FREE_SHIPPING -> new Benefit.FreeShipping();
            case BUY_X_GET_Y ->
                new Benefit.BuyXGetY(
                        Objects.requireNonNull(buy),
                        Objects.requireNonNull(get),
                        Objects.requireNonNull(basisPoints),
                        maximum);
        };
        return new Offer(
                Ids.next(),
                draft.name(),
                code,
                "ACTIVE",
                benefit,
                new Offer.Conditions(
                        draft.currency(),
                        minimum,
                        Set.copyOf(products),
                        Set.copyOf(categories),
                        firstOrderOnly,
                        Set.copyOf(groups),
                        startsAt,
                        endsAt),
                exclusive,
                priority,
                new Offer.Limits(totalLimit != null, customerLimit));
    }
}
