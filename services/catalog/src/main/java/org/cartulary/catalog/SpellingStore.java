package org.cartulary.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;

/** Looks misspelt words up among those of the names of a shop's products. */
final class SpellingStore {

    /** What a query excludes is excluded as it is. */
    private static final Pattern EXCLUDED = Pattern.compile("(?<!\\S)-(\\S+)");

    /** The part of their trigrams that two words share at least: two letters that changed places in a word of six leave a quarter. */
    private static final String LEAST_SIMILARITY = "0.2";

    /** The words are of so many characters at most, and so are those of which there may be many. */
    private static final int LONGEST_WORD = 40;

    /** How many words are taken for one that is misspelt. */
    private static final int ALTERNATIVES = 5;

    private SpellingStore() {}

    /**
     * The words of the shop's names that are spelt like those of the query, as far as one letter of at most five is wrong, two of at most
     * nine, else three. Trigrams find them by an index; of short words, which share too few, all with the same first letter are looked at.
     * A word that names have, or for which there is none, stays as it is.
     */
    static Spelling corrected(Transaction tx, String query) {
        tx.jdbc()
                .sql("SELECT set_config('pg_trgm.similarity_threshold', :least, true)")
                .param("least", LEAST_SIMILARITY)
                .query()
                .singleValue();
        List<List<String>> words = tx.jdbc()
                .sql("""
                        SELECT t.word || coalesce(l.words, '{}') AS words
                        FROM unnest(tsvector_to_array(to_tsvector('simple', :query))) AS t (word)
                        CROSS JOIN LATERAL (
                            SELECT CASE WHEN length(t.word) <= 5 THEN 1 WHEN length(t.word) <= 9 THEN 2 ELSE 3 END
                        ) AS r (most)
                        LEFT JOIN LATERAL (
                            SELECT array_agg(a.word) AS words
                            FROM (
                                SELECT s.word
                                FROM (
                                    SELECT w.word FROM search_words w WHERE w.tenant_id = :tenant AND w.word % t.word
                                    UNION
                                    SELECT w.word FROM search_words w
                                    WHERE w.tenant_id = :tenant AND length(t.word) <= 5
                                      AND w.word >= left(t.word, 1) AND w.word < left(t.word, 1) || chr(1114111)
                                ) s
                                WHERE levenshtein_less_equal(s.word, t.word, r.most) <= r.most
                                ORDER BY levenshtein_less_equal(s.word, t.word, r.most),
                                         similarity(s.word, t.word) DESC, s.word
                                LIMIT :alternatives) a
                        ) l ON length(t.word) BETWEEN 3 AND :longest
                           AND NOT EXISTS (SELECT FROM search_words k WHERE k.tenant_id = :tenant AND k.word = t.word)
                        ORDER BY t.word
                        """)
                .param("query", EXCLUDED.matcher(query).replaceAll(" "))
                .param("tenant", RequestContext.currentTenant())
                .param("alternatives", ALTERNATIVES)
                .param("longest", LONGEST_WORD)
                .query((row, number) ->
                        Arrays.asList((String[]) row.getArray("words").getArray()))
                .list();
        Stream<String> included = words.stream()
                .map(alternatives ->
                        alternatives.stream().map(SpellingStore::quoted).collect(Collectors.joining(" | ", "(", ")")));
        Stream<String> excluded = EXCLUDED.matcher(query).results().map(word -> "!" + quoted(word.group(1)));
        return new Spelling(true, Stream.concat(included, excluded).collect(Collectors.joining(" & ")));
    }

    private static String quoted(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
