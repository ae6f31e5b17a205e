package org.cartulary.platform.http;

import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** How JSON is read and written. Thread-safe. */
public final class ApiJson {

    private ApiJson() {}

    /**
     * For events, stored answers and the answers of other services: ignores what it does not know, so that a sender may be
     * newer than the reader. Dates are ISO 8601 strings and decimals are written without exponent.
     */
    public static JsonMapper tolerant() {
        return builder(JsonMapper.builder()).build();
    }

    /**
     * For requests: refuses unknown properties, text after the document, and values of another type than the one that is
     * asked for, such as {@code "3"} or {@code 3.5} for a whole number. Refused too are objects with two properties of one
     * name, of which readers take one or the other, texts with {@link UnstorableCharacters}, numbers of more than 100 digits, and times other than {@link
     * RequestTimes}.
     */
    public static JsonMapper strict() {
        return builder(JsonMapper.builder(new StorableJsonFactory()))
                .addModule(RequestTimes.module())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }

    private static JsonMapper.Builder builder(JsonMapper.Builder fresh) {
        return fresh.addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    }
}
