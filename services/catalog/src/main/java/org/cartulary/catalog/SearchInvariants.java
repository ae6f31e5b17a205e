package org.cartulary.catalog;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What is true of the words by which products are found. */
final class SearchInvariants {

    static final List<SqlInvariant> INVARIANTS = List.of(
            new SqlInvariant(
                    "words-are-in-the-shops-language",
                    "the words of every product are indexed in the language of its shop, or while they are indexed anew in the one before",
                    "products p LEFT JOIN search_languages l ON l.tenant_id = p.tenant_id",
                    "p.search_config <> coalesce(l.config, 'english') AND p.search_config IS DISTINCT FROM l.earlier_config",
                    "format('product %s of tenant %s is indexed as %s', p.id, p.tenant_id, p.search_config)"),
            new SqlInvariant(
                    "words-of-names-are-noted",
                    "every word of the name of a product that is not deleted can be found by one that is spelt alike",
                    """
                    (SELECT DISTINCT n.tenant_id, w.word FROM products n CROSS JOIN LATERAL words_of(n.name) AS w (word)
                     WHERE n.deleted_at IS NULL) p
                    LEFT JOIN search_words s ON s.tenant_id = p.tenant_id AND s.word = p.word""",
                    "s.word IS NULL",
                    "format('the word %s of tenant %s is not noted', p.word, p.tenant_id)"));

    private SearchInvariants() {}
}
