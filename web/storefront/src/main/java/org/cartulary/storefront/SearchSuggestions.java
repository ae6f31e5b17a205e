package org.cartulary.storefront;

import java.util.List;
import java.util.Map;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Visit;
import org.springframework.web.servlet.function.ServerResponse;

/** What might be meant, while somebody types into the search box. */
final class SearchSuggestions {

    private static final int SHOWN = 8;
    private static final int LEAST_LETTERS = 2;

    private SearchSuggestions() {}

    static ServerResponse show(Visit visit) {
        String query = visit.field("query");
        Catalogue.Suggestions suggestions = query.length() < LEAST_LETTERS
                ? new Catalogue.Suggestions(List.of())
                : visit.apiOfVisitor()
                        .get(
                                ApiPath.of("store/search-suggestions")
                                        .with("query", query)
                                        .with("limit", SHOWN),
                                Catalogue.Suggestions.class);
        return visit.fragment("suggestions", "list", Map.of("suggestions", suggestions));
    }
}
