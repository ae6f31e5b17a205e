package org.cartulary.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.cartulary.catalog.CachedCatalog.Question;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.JsonDocument;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What helps a customer to search: facets to choose by, and suggestions while typing. */
@RestController
@AllowAnyone
class SearchController {

    private static final int DEFAULT_SUGGESTIONS = 5;
    private static final int MAX_SUGGESTIONS = 20;

    private final CachedCatalog cached;
    private final ListingStore listings;
    private final FacetStore facets;
    private final SuggestionStore suggestions;

    SearchController(CachedCatalog cached, ListingStore listings, FacetStore facets, SuggestionStore suggestions) {
        this.cached = cached;
        this.listings = listings;
        this.facets = facets;
        this.suggestions = suggestions;
    }

    @InitBinder
    void takeValuesWhole(WebDataBinder binder) {
        binder.registerCustomEditor(String[].class, new RequestedProducts.WholeValues());
    }

    @GetMapping("/api/v1/store/product-facets")
    @SqlBudget(statements = 16, transactions = 6)
    ResponseEntity<JsonDocument<Facets>> facets(
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) String @Nullable [] brand,
            @RequestParam(required = false) String @Nullable [] tag,
            @RequestParam(required = false) String @Nullable [] attribute,
            @RequestParam(required = false) @Nullable BigDecimal minPrice,
            @RequestParam(required = false) @Nullable BigDecimal maxPrice,
            @RequestParam(required = false) @Nullable Boolean inStock,
            @RequestParam(required = false) @Nullable BigDecimal minRating) {
        ProductFilter filter = RequestedProducts.filter(
                query, category, brand, tag, attribute, minPrice, maxPrice, inStock, minRating);
        return Objects.requireNonNull(
                        cached.document(new Question(Facets.class, filter.scope()), () -> matches(filter)))
                .answer();
    }

    private Facets matches(ProductFilter filter) {
        Facets matches = facets.count(filter);
        // As in the listing.
        return matches.total() == 0 && filter.query() != null && !listings.isMatched(filter.query())
                ? facets.count(filter.spelt(Spelling.CORRECTED))
                : matches;
    }

    /** What somebody may be about to type. */
    record Suggestions(List<Suggestion> items) {}

    @GetMapping("/api/v1/store/search-suggestions")
    @SqlBudget(statements = 8, transactions = 4)
    ResponseEntity<JsonDocument<Suggestions>> suggest(
            @RequestParam String query, @RequestParam(required = false) @Nullable Integer limit) {
        int most = limit == null ? DEFAULT_SUGGESTIONS : limit;
        if (most < 1 || most > MAX_SUGGESTIONS) {
            String detail = "a limit is from 1 to " + MAX_SUGGESTIONS;
            throw ProblemException.unprocessable("invalid-limit", detail).with("?limit", "out-of-range", detail);
        }
        String typed = RequestedProducts.words(query);
        Question question = new Question(Suggestion.class, most + " of " + typed);
        return Objects.requireNonNull(cached.document(
                        question, () -> new Suggestions(typed == null ? List.of() : suggestions.of(typed, most))))
                .answer();
    }
}
