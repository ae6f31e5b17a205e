package org.cartulary.promotion;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.promotion.ClaimPromotions;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.contracts.promotion.PromotedLine;
import org.cartulary.contracts.promotion.PromotionQuote;
import org.cartulary.contracts.promotion.PromotionUse;
import org.cartulary.contracts.promotion.QuotePromotions;
import org.cartulary.contracts.promotion.ReleasePromotions;
import org.cartulary.contracts.promotion.ReleasePromotionsResult;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.SettableClock;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The promotion service on a database of its own, for one test class. */
final class PromotionsForTests implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    final TestDatabase test = TestDatabase.create("promotion");
    final SettableClock clock = SettableClock.at(NOW);
    private final TenantVersions versions = new TenantVersions(test.database(), "promotion_versions");
    final GroupedCustomers customers = new GroupedCustomers();
    private final UsageStore usage = new UsageStore(test.database());
    final PromotionEndpoint endpoint = new PromotionEndpoint(
            new QuotingPromotions(new KnownOffers(versions, test.database()), usage, customers, clock),
            new ClaimingPromotions(new ClaimStore(test.database())),
            usage,
            new PromotionInvariants(test.database()));
    final PromotionRecordsEndpoint records = new PromotionRecordsEndpoint(test.database());
    final Promotions promotions = new Promotions(test.database());
    final PromotionsController controller = new PromotionsController(
            promotions,
            new ConsistentDrafts(new FixedTenants("EUR")),
            new Idempotency(test.database(), JsonMapper.shared()),
            new Cursors(new byte[32]));

    static Money eur(String amount) {
        return Money.parse(amount, "EUR");
    }

    static PromotedLine line(String price, int quantity) {
        return new PromotedLine(List.of(Ids.next()), List.of(), quantity, eur(price));
    }

    /** A shop of its own, so that tests do not meet. */
    final class Shop {

        final UUID tenant = Contexts.newTenant();

        /** An active promotion. */
        UUID active(DraftForTests draft) {
            PromotionView created = created(draft);
            staff(() -> promotions.activate(created.id()));
            return created.id();
        }

        PromotionView created(DraftForTests draft) {
            return staff(() -> test.database().inTransaction(tx -> promotions.create(tx, draft.draft())));
        }

        PromotionView changed(UUID id, DraftForTests draft) {
            return staff(() -> promotions.change(id, promotions.find(id).version(), draft.draft()));
        }

        <T> T staff(Supplier<T> work) {
            return Contexts.staff(tenant, "promotions:write").supply(work);
        }

        PromotionQuote quote(List<String> codes, PromotedLine... lines) {
            return quote(null, null, codes, lines);
        }

        PromotionQuote quote(
                @Nullable UUID customer, @Nullable Boolean firstOrder, List<String> codes, PromotedLine... lines) {
            var context = customer == null ? Contexts.visitor(tenant) : Contexts.customer(tenant, customer);
            return context.supply(() ->
                    endpoint.quote(new QuotePromotions(Arrays.asList(lines), customer, codes, false, firstOrder)));
        }

        ClaimPromotionsResult claim(UUID order, @Nullable UUID customer, UUID... promotions) {
            List<PromotionUse> uses = Arrays.stream(promotions)
                    .map(promotion -> new PromotionUse(promotion, "CODE", eur("1.00")))
                    .toList();
            return Contexts.system(tenant).supply(() -> endpoint.claim(new ClaimPromotions(order, customer, uses)));
        }

        ReleasePromotionsResult release(UUID order) {
            return Contexts.system(tenant)
                    .supply(() -> endpoint.release(new ReleasePromotions(order, "order-cancelled")));
        }

        int uses(UUID promotion) {
            return staff(() -> promotions.find(promotion)).uses();
        }
    }

    Shop newShop() {
        return new Shop();
    }

    JdbcClient admin() {
        return test.admin();
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    List<InvariantResult> broken() {
        return endpoint.checkInvariants().stream()
                .filter(result -> !result.holds())
                .toList();
    }

    @Override
    public void close() {
        versions.close();
        test.close();
    }
}
