package org.cartulary.catalog;

import org.jspecify.annotations.Nullable;

/** What somebody has written with a rating; its text form keeps it out of logs. */
record ReviewWords(
        String author, @Nullable String title, @Nullable String text) {

    @Override
    public String toString() {
        return "ReviewWords[]";
    }
}
