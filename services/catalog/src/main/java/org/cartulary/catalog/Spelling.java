package org.cartulary.catalog;

import org.jspecify.annotations.Nullable;

/**
 * How the words of a query are taken: as they are typed, or as the words of names that are spelt alike, where no product has what is
 * typed.
 *
 * @param isCorrected whether words that are spelt alike are meant, too
 * @param words the query with these words, as {@code to_tsquery} reads it; {@code null} as long as they have not been looked up
 */
record Spelling(boolean isCorrected, @Nullable String words) {

    /** As they are typed. */
    static final Spelling AS_TYPED = new Spelling(false, null);

    /** With words that are spelt alike, which are still to be looked up. */
    static final Spelling CORRECTED = new Spelling(true, null);
}
