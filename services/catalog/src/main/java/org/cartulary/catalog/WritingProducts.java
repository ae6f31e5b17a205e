package org.cartulary.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.catalog.ProductStore.Identified;
import org.cartulary.catalog.ProductStore.Written;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Creates, changes and deletes products, and says in the caller's words why it cannot. Thread-safe. */
final class WritingProducts {

    private final ProductStore products;
    private final Idempotency idempotency;
    private final TenantApi tenants;

    WritingProducts(ProductStore products, Idempotency idempotency, TenantApi tenants) {
        this.products = products;
        this.idempotency = idempotency;
        this.tenants = tenants;
    }

    /** Creates or changes the products by sku, all or none; what would change nothing is left alone. */
    List<ProductBatch.Result> upsert(ProductBatch batch) {
        List<ProductDraft> drafts = batch.products();
        requireDifferentSkus(drafts);
        String currency = currencyOfTheShop();
        for (int i = 0; i < drafts.size(); i++) {
            requireConsistent("/products/" + i, drafts.get(i), currency);
        }
        List<Written> written = write(drafts, "/products/");
        return written.stream()
                .map(one -> new ProductBatch.Result(
                        drafts.get(one.ordinal()).sku(), Objects.requireNonNull(one.id()), one.outcome()))
                .toList();
    }

    /** Creates the product and returns its id, once for a key. */
    UUID create(ProductDraft draft, Idempotency.Request request) {
        // Only in the transaction, so that a repeated request is given its first answer, whatever has changed
        // meanwhile.
        ProblemException problem = objection(draft);
        Identified product = new Identified(Ids.next(), draft);
        Supplier<StoredAnswer<UUID>> work = () -> idempotency.onceIfKeyed(request, UUID.class, tx -> {
            if (problem != null) {
                throw problem;
            }
            Written written = checked(products.upsert(tx, List.of(product), false), 1, null)
                    .getFirst();
            if (!written.outcome().equals("created")) {
                throw ProblemException.conflict("sku-exists", "a product with the sku \"" + draft.sku() + "\" exists")
                        .with("/sku", "exists", "each product has a sku of its own");
            }
            return Answer.ok(Objects.requireNonNull(written.id()));
        });
        StoredAnswer<UUID> answer = ProductStore.refusingPrices(work, () -> {
            throw compareAtPriceTooLow();
        });
        return Objects.requireNonNull(answer.body());
    }

    private @Nullable ProblemException objection(ProductDraft draft) {
        try {
            requireConsistent("", draft, currencyOfTheShop());
            return null;
        } catch (ProblemException problem) {
            return problem;
        }
    }

    /** Changes the product, if it still has the version that the caller has read. */
    void change(UUID id, long expectedVersion, ProductChange change) {
        if (change.slug() != null) {
            Slugs.require(change.slug(), "/slug");
        }
        Clearing.requireNotGiven(change, change.clear());
        requireMoney("", change.price(), change.compareAtPrice(), change.cost(), currencyOfTheShop());
        requireConsistentParts("", change.images(), change.specifications());
        String outcome = products.change(id, expectedVersion, change);
        switch (outcome) {
            case "changed" -> {}
            case "stale" -> throw ETags.stale();
            case "missing" -> throw notFound();
            case ProductStore.COMPARE_AT_PRICE_TOO_LOW -> throw compareAtPriceTooLow();
            default -> throw unknown(outcome).with(pointer("", outcome), "unknown", detail(outcome));
        }
    }

    void delete(UUID id) {
        if (!products.delete(id)) {
            throw notFound();
        }
    }

    static ProblemException notFound() {
        return ProblemException.notFound("product-not-found", "there is no such product");
    }

    private List<Written> write(List<ProductDraft> drafts, String list) {
        List<Identified> identified =
                drafts.stream().map(draft -> new Identified(Ids.next(), draft)).toList();
        return checked(products.upsert(identified, true), drafts.size(), list);
    }

    /** @param list where the products are in the request, or null where it is one product */
    private static List<Written> checked(List<Written> written, int expected, @Nullable String list) {
        if (written.getFirst().outcome().equals(ProductStore.COMPARE_AT_PRICE_TOO_LOW)) {
            throw compareAtPriceTooLow();
        }
        List<Written> refused = written.stream()
                .filter(one -> one.outcome().startsWith("unknown-"))
                .toList();
        if (!refused.isEmpty()) {
            ProblemException problem = unknown(refused.getFirst().outcome());
            refused.forEach(one -> problem.with(
                    pointer(list == null ? "" : list + one.ordinal(), one.outcome()),
                    "unknown",
                    detail(one.outcome())));
            throw problem;
        }
        if (written.size() != expected) {
            throw new IllegalStateException(
                    expected + " products were to be written and " + written.size() + " were answered");
        }
        return written;
    }

    private static ProblemException unknown(String outcome) {
        return ProblemException.unprocessable(outcome, detail(outcome));
    }

    private static String pointer(String product, String outcome) {
        return product + "/" + outcome.substring("unknown-".length())
                + (outcome.equals("unknown-vendor") ? "Id" : "Slug");
    }

    private static String detail(String outcome) {
        return "there is no such " + outcome.substring("unknown-".length());
    }

    static ProblemException compareAtPriceTooLow() {
        return ProblemException.unprocessable(
                "compare-at-price-too-low", "a price to compare with is greater than the price");
    }

    private String currencyOfTheShop() {
        Tenant tenant = tenants.find(new FindTenant(RequestContext.currentTenant()));
        if (tenant == null) {
            throw ProblemException.notFound("tenant-not-found", "there is no such shop");
        }
        return tenant.settings().currency();
    }

    private static void requireDifferentSkus(List<ProductDraft> drafts) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            Integer first = places.putIfAbsent(drafts.get(i).sku(), i);
            if (first != null) {
                String detail = "a batch names each sku once; this one is at /products/" + first + " too";
                throw ProblemException.unprocessable("duplicate-sku", detail)
                        .with("/products/" + i + "/sku", "duplicate", detail);
            }
        }
    }

    static void requireConsistent(String pointer, ProductDraft draft, String currency) {
        requireMoney(pointer, draft.price(), draft.compareAtPrice(), draft.cost(), currency);
        requireConsistentParts(pointer, draft.images(), draft.specifications());
    }

    private static void requireMoney(
            String pointer, @Nullable Money price, @Nullable Money compareAt, @Nullable Money cost, String currency) {
        requireMoney(pointer + "/price", price, currency);
        requireMoney(pointer + "/compareAtPrice", compareAt, currency);
        requireMoney(pointer + "/cost", cost, currency);
        if (price != null && compareAt != null && compareAt.compareTo(price) <= 0) {
            throw compareAtPriceTooLow()
                    .with(pointer + "/compareAtPrice", "too-low", "it is not greater than the price of " + price);
        }
    }

    static void requireMoney(String pointer, @Nullable Money amount, String currency) {
        if (amount == null) {
            return;
        }
        if (!amount.currencyCode().equals(currency)) {
            String detail = "the shop sells in " + currency + ", not in " + amount.currencyCode();
            throw ProblemException.unprocessable("unsupported-currency", detail)
                    .with(pointer + "/currency", "unsupported-currency", detail);
        }
        if (amount.isNegative()) {
            String detail = "an amount here is not negative";
            throw ProblemException.unprocessable("invalid-money", detail).with(pointer + "/amount", "negative", detail);
        }
    }

    private static void requireConsistentParts(
            String pointer, @Nullable List<ImageDraft> images, @Nullable List<Specification> specifications) {
        if (images != null && images.stream().filter(ImageDraft::isMarked).count() > 1) {
            String detail = "at most one image of a product is primary";
            throw ProblemException.unprocessable("several-primary-images", detail)
                    .with(pointer + "/images", "several-primary", detail);
        }
        Set<String> names = new HashSet<>();
        if (specifications != null && !specifications.stream().allMatch(one -> names.add(one.name()))) {
            String detail = "a product has each specification once";
            throw ProblemException.unprocessable("duplicate-specification", detail)
                    .with(pointer + "/specifications", "duplicate", detail);
        }
    }
}
