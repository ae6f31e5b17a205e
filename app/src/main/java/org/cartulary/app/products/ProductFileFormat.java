package org.cartulary.app.products;

import java.nio.file.Path;
import java.util.Locale;
import org.cartulary.app.InstallationException;

/** How a file of products is written, by which its name ends. */
enum ProductFileFormat {
    CSV("csv", "text/csv"),
    JSON_LINES("jsonl", "application/jsonl");

    private final String word;
    private final String mediaType;

    ProductFileFormat(String word, String mediaType) {
        this.word = word;
        this.mediaType = mediaType;
    }

    /** What the platform calls it. */
    String word() {
        return word;
    }

    /** What HTTP calls it. */
    String mediaType() {
        return mediaType;
    }

    /**
     * The format of a file.
     *
     * @throws InstallationException if the name ends in none
     */
    static ProductFileFormat of(Path file) {
        Path name = file.getFileName();
        String lower = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            return CSV;
        }
        if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
            return JSON_LINES;
        }
        throw new InstallationException("products are in files whose names end in .csv or .jsonl, not as " + file);
    }
}
