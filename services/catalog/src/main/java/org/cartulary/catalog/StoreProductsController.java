package org.cartulary.catalog;

import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cartulary.catalog.CachedCatalog.Question;
import org.cartulary.catalog.ListingStore.Row;
import org.cartulary.catalog.ProductListing.Position;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.JsonDocument;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/store/products")
@AllowAnyone
class StoreProductsController {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final CachedCatalog cached;
    private final ListingStore listings;
    private final ProductStore products;
    private final Cursors cursors;

    StoreProductsController(CachedCatalog cached, ListingStore listings, ProductStore products, Cursors cursors) {
        this.cached = cached;
        this.listings = listings;
        this.products = products;
        this.cursors = cursors;
    }

    @InitBinder
    void takeValuesWhole(WebDataBinder binder) {
        binder.registerCustomEditor(String[].class, new RequestedProducts.WholeValues());
    }

    @GetMapping
    @SqlBudget(statements = 16, transactions = 6)
    ResponseEntity<JsonDocument<Page<ListedProduct>>> list(
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) String @Nullable [] brand,
            @RequestParam(required = false) String @Nullable [] tag,
            @RequestParam(required = false) String @Nullable [] attribute,
            @RequestParam(required = false) @Nullable BigDecimal minPrice,
            @RequestParam(required = false) @Nullable BigDecimal maxPrice,
            @RequestParam(required = false) @Nullable Boolean inStock,
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable BigDecimal minRating) {
        int length = Pages.limit(limit);
        ProductFilter filter = RequestedProducts.filter(
                query, category, brand, tag, attribute, minPrice, maxPrice, inStock, minRating);
        ProductListing listing = new ProductListing(filter, ProductOrder.of(order, filter.query()), null);
        ProductListing wanted = cursor == null ? listing : continuedAt(listing, cursor);
        String code = currency(currency);
        Question question = new Question(ListedProduct.class, Netstrings.of(length, code, wanted.question()));
        return Objects.requireNonNull(cached.priced(question, at -> matches(wanted, new Asked(at, code), length)))
                .answer();
    }

    private Page<ListedProduct> matches(ProductListing listing, Asked asked, int length) {
        Page<ListedProduct> matches = page(listing, asked, length);
        String query = listing.filter().query();
        // No product has the words: perhaps one is misspelt.
        return matches.items().isEmpty() && query != null && listing.after() == null && !listings.isMatched(query)
                ? page(listing.continued(Spelling.CORRECTED, null), asked, length)
                : matches;
    }

    private Page<ListedProduct> page(ProductListing listing, Asked asked, int length) {
        return Pages.of(
                        listings.list(listing, asked, length + 1),
                        length,
                        (Row last) -> cursors.encode(
                                listing.scope(),
                                List.of(
                                        Boolean.toString(listing.filter().isCorrected()),
                                        last.position().key(),
                                        last.position().id().toString())))
                .map(Row::product);
    }

    private ProductListing continuedAt(ProductListing listing, String cursor) {
        List<String> keys = cursors.decode(listing.scope(), cursor);
        Spelling spelling = Boolean.parseBoolean(keys.get(0)) ? Spelling.CORRECTED : Spelling.AS_TYPED;
        return listing.continued(spelling, new Position(keys.get(1), UUID.fromString(keys.get(2))));
    }

    @GetMapping("/{idOrSlug}")
    @SqlBudget(statements = 8, transactions = 4)
    ResponseEntity<JsonDocument<ProductView>> get(
            @PathVariable String idOrSlug, @RequestParam(required = false) @Nullable String currency) {
        String code = currency(currency);
        JsonDocument<ProductView> product = cached.priced(
                new Question(ProductView.class, code + " " + idOrSlug), at -> forSale(idOrSlug, new Asked(at, code)));
        return product == null ? moved(idOrSlug, code) : product.answer();
    }

    /** The answer to an address that a product had before: the product as it is, and where it is now. */
    private ResponseEntity<JsonDocument<ProductView>> moved(String oldSlug, @Nullable String currency) {
        ProductView product = UUID_TEXT.matcher(oldSlug).matches()
                ? null
                : cached.unkept(at -> products.forSaleByOldSlug(oldSlug, new Asked(at, currency)));
        if (product == null) {
            throw WritingProducts.notFound();
        }
        return ResponseEntity.status(HttpStatus.MOVED_PERMANENTLY)
                .location(URI.create(
                        "/api/v1/store/products/" + product.slug() + (currency == null ? "" : "?currency=" + currency)))
                .cacheControl(CacheControl.noCache())
                .varyBy(HttpHeaders.AUTHORIZATION)
                .body(cached.written(product));
    }

    private @Nullable ProductView forSale(String idOrSlug, Asked asked) {
        return UUID_TEXT.matcher(idOrSlug).matches()
                ? products.forSale(UUID.fromString(idOrSlug), asked)
                : products.forSaleBySlug(idOrSlug, asked);
    }

    private static @Nullable String currency(@Nullable String code) {
        if (code == null) {
            return null;
        }
        try {
            return Money.currencyOf(code).getCurrencyCode();
        } catch (IllegalArgumentException unknown) {
            String detail = "a currency is an ISO 4217 code of three capital letters";
            throw ProblemException.unprocessable("unsupported-currency", detail)
                    .with("?currency", "unsupported-currency", detail);
        }
    }
}
