package org.cartulary.catalog;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of a file of products, one after the other; the same file always has the same lines. Not thread-safe. */
interface LineSource {

    /** The longest line, in characters or bytes. */
    int MAX_LINE = 4 * 1024 * 1024;

    /** How much JSON a line has at most: names, values, and brackets that open or close. Read, each is many times as long. */
    int MAX_TOKENS = 100_000;

    /** The next line that is not empty; null after the last one. */
    @Nullable ReadLine next() throws IOException;

    /**
     * Reads a file.
     *
     * @param currency in which amounts of a CSV file are that name none
     */
    static LineSource of(FileFormat format, InputStream file, JsonMapper json, String currency) {
        return switch (format) {
            case CSV -> new CsvLines(file, json, currency);
            case JSONL -> new JsonLines(file, json);
        };
    }

    /**
     * Whether a text is more JSON than is read of a line. It is looked through without being kept.
     *
     * @throws JacksonException if it is none
     */
    static boolean isTooMuch(JsonMapper json, String text) {
        if (text.length() <= MAX_TOKENS) {
            return false;
        }
        try (JsonParser parser = json.createParser(text)) {
            int tokens = 0;
            while (parser.nextToken() != null) {
                tokens++;
                if (tokens > MAX_TOKENS) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether PostgreSQL can keep the text: it has neither U+0000 nor halves of surrogate pairs. */
    static boolean isStorable(String text) {
        return text.indexOf('\0') < 0
                && text.codePoints()
                        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** Whether all texts of a document can be kept. */
    static boolean isStorable(JsonNode node) {
        if (node.isString()) {
            return isStorable(node.asString());
        }
        return node.propertyStream().allMatch(field -> isStorable(field.getKey()) && isStorable(field.getValue()))
                && (!node.isArray() || node.valueStream().allMatch(LineSource::isStorable));
    }
}
