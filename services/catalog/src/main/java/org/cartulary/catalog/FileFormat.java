package org.cartulary.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** How a file of products is written. */
enum FileFormat {
    /** RFC 4180 in UTF-8, with a header that names the columns; what is not a scalar is JSON in its cell. */
    CSV("text/csv"),
    /** A JSON object a line, in UTF-8. */
    JSONL("application/jsonl");

    private final String mediaType;

    FileFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The type of content as HTTP names it. */
    String mediaType() {
        return mediaType;
    }

    /** Its name as addresses and records have it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of that name.
     *
     * @throws ProblemException 422 {@code unknown-format} if there is none
     */
    static FileFormat named(String key) {
        return Arrays.stream(values())
                .filter(format -> format.key().equals(key))
                .findFirst()
                .orElseThrow(() -> {
                    String detail = "a format is "
                            + Arrays.stream(values()).map(FileFormat::key).collect(Collectors.joining(" or "));
                    return ProblemException.unprocessable("unknown-format", detail)
                            .with("?format", "unknown", detail);
                });
    }

    /**
     * The format of a body.
     *
     * @throws ProblemException 415 {@code unsupported-media-type} if it is none of them
     */
    static FileFormat ofBody(@Nullable String contentType) {
        if (contentType != null) {
            MediaType given = MediaType.parseMediaType(contentType);
            if (given.equalsTypeAndSubtype(MediaType.APPLICATION_NDJSON)) {
                return JSONL;
            }
            for (FileFormat format : values()) {
                if (given.equalsTypeAndSubtype(MediaType.parseMediaType(format.mediaType))) {
                    return format;
                }
            }
        }
        throw ProblemException.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "products are imported as text/csv or application/jsonl");
    }
}
