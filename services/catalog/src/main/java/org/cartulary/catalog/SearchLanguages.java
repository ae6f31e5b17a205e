package org.cartulary.catalog;

import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * In which languages a query is understood: that of the shop, and for as long as products are indexed anew also the one before.
 *
 * @param earlier the language in which some products may still be indexed; {@code null} where there is none
 */
record SearchLanguages(SearchLanguage present, @Nullable SearchLanguage earlier) {

    /** Of a shop that has decided for nothing else. */
    static final SearchLanguages ENGLISH = new SearchLanguages(SearchLanguage.ENGLISH, null);

    /** Those of the current shop. */
    static SearchLanguages current(Transaction tx) {
        return tx.jdbc()
                .sql("SELECT config, earlier_config FROM search_languages WHERE tenant_id = :tenant")
                .param("tenant", RequestContext.currentTenant())
                .query((row, number) -> {
                    String earlier = row.getString("earlier_config");
                    return new SearchLanguages(
                            SearchLanguage.ofConfig(row.getString("config")),
                            earlier == null ? null : SearchLanguage.ofConfig(earlier));
                })
                .optional()
                .orElse(ENGLISH);
    }

    /** SQL for what the parameter {@code :query} asks for. */
    String query() {
        return both("websearch_to_tsquery", ":query");
    }

    /** SQL for what the parameter {@code :spelt} asks for, which are words with {@code &} and {@code |} between them. */
    String corrected() {
        return both("to_tsquery", ":spelt");
    }

    /** The names stand in the statement, so that the words are made of the query once and the planner knows how frequent they are. */
    private String both(String function, String words) {
        String inPresent = function + "('" + present.config() + "', " + words + ")";
        return earlier == null
                ? inPresent
                : "(" + inPresent + " || " + function + "('" + earlier.config() + "', " + words + "))";
    }
}
