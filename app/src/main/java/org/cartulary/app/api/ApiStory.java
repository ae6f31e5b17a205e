package org.cartulary.app.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Calls of the public API, at least one of each operation, in an order in which they can be made in a new shop: what later calls
 * need, earlier ones answer. They are the examples of the OpenAPI document, and a test makes all
 * but those that say why nobody can ({@link ApiCall#notRun()}). Immutable, thread-safe.
 */
public final class ApiStory {

    private static final List<String> CHAPTERS =
            List.of("1-accounts", "2-catalogue", "3-stock", "4-prices", "5-buying", "6-privacy", "7-platform");

    private static final int OK = 200;

    private final List<ApiCall> calls = new ArrayList<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Map<String, String> samples;

    private ApiStory() {
        CHAPTERS.forEach(chapter -> readChapter(map(load(chapter))));
        samples = texts(load("samples"));
    }

    /**
     * Reads the story.
     *
     * @throws IllegalStateException if a part of it is not written as it has to be
     */
    public static ApiStory read() {
        return new ApiStory();
    }

    /** All calls in their order. */
    public List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    /** The parts of the API in their order, with what their calls tell. */
    Map<String, String> tags() {
        return tags;
    }

    /** The first call of each operation, with samples of what other calls would have answered. */
    List<ApiCall> examples() {
        Map<String, ApiCall> first = new LinkedHashMap<>();
        calls.forEach(call -> first.putIfAbsent(call.operation(), call.with(this::sample)));
        return List.copyOf(first.values());
    }

    private String sample(String name) {
        String sample = name.endsWith("Tag") ? "\"1\"" : samples.get(name);
        return sample == null
                ? UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString()
                : sample;
    }

    private void readChapter(Map<?, ?> chapter) {
        String tag = text(chapter, "tag");
        tags.put(tag, text(chapter, "description"));
        if (!(chapter.get("calls") instanceof List<?> written)) {
            throw new IllegalStateException("the chapter " + tag + " has no calls");
        }
        written.forEach(call -> calls.add(call(tag, map(call))));
    }

    private static ApiCall call(String tag, Map<?, ?> written) {
        return new ApiCall(
                text(written, "call"),
                text(written, "title"),
                tag,
                textOrNull(written, "notRun"),
                textOrNull(written, "as"),
                texts(written.get("path")),
                texts(written.get("query")),
                texts(written.get("headers")),
                written.get("body"),
                written.get("answers") instanceof Integer status ? status : OK,
                texts(written.get("keep")));
    }

    private static @Nullable Object load(String chapter) {
        try (InputStream text = ApiStory.class.getResourceAsStream("/api-story/" + chapter + ".yaml")) {
            if (text == null) {
                throw new IllegalStateException("the chapter " + chapter + " is missing");
            }
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<?, ?> map(@Nullable Object written) {
        if (written instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalStateException("an object was expected instead of " + written);
    }

    private static Map<String, String> texts(@Nullable Object written) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (written != null) {
            map(written).forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    private static String text(Map<?, ?> written, String name) {
        String text = textOrNull(written, name);
        if (text == null) {
            throw new IllegalStateException(name + " is missing in " + written);
        }
        return text;
    }

    private static @Nullable String textOrNull(Map<?, ?> written, String name) {
        return written.get(name) == null ? null : String.valueOf(written.get(name));
    }
}
