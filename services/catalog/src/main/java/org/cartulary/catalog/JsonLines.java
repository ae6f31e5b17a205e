package org.cartulary.catalog;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cartulary.platform.http.UnkeepableValueException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A file with a JSON object a line. One that cannot be read spoils no other. Not thread-safe. */
final class JsonLines implements LineSource {

    private static final int END = -1;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream file;
    private final JsonMapper json;
    private long number;
    private boolean ended;

    JsonLines(InputStream file, JsonMapper json) {
        this.file = new BufferedInputStream(file, 64 * 1024);
        this.json = json;
    }

    @Override
    public @Nullable ReadLine next() throws IOException {
        while (!ended) {
            number++;
            byte[] bytes = nextBytes();
            if (bytes == null) {
                return ReadLine.Unreadable.of(
                        number, "line-too-long", "a line has at most " + MAX_LINE + " bytes; split the product");
            }
            ReadLine line = read(bytes);
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    /** The bytes up to the end of the line; null where they are too many. */
    private byte @Nullable [] nextBytes() throws IOException {
        var line = new ByteArrayOutputStream();
        boolean tooLong = false;
        int next = file.read();
        while (next != END && next != '\n') {
            if (line.size() < MAX_LINE) {
                line.write(next);
            } else {
                tooLong = true;
            }
            next = file.read();
        }
        ended = next == END;
        return tooLong ? null : line.toByteArray();
    }

    private @Nullable ReadLine read(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            return notUtf8();
        }
        if (text.indexOf('\0') >= 0) {
            return notUtf8();
        }
        if (number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        return text.isBlank() ? null : parsed(text);
    }

    private ReadLine notUtf8() {
        return ReadLine.Unreadable.of(number, "not-utf-8", "the line is not UTF-8: save the file in UTF-8");
    }

    private ReadLine parsed(String text) {
        JsonNode node;
        try {
            if (LineSource.isTooMuch(json, text)) {
                return ReadLine.Unreadable.of(
                        number, "too-many-values", "a line has at most " + MAX_TOKENS + " names, values and brackets");
            }
            node = json.readTree(text);
        } catch (UnkeepableValueException e) {
            return new ReadLine.Unreadable(number, LineErrors.unkeepable(number, "", e), false);
        } catch (JacksonException e) {
            return ReadLine.Unreadable.of(
                    number, "invalid-json", LineErrors.shortened("the line is no JSON: " + e.getOriginalMessage()));
        } catch (NumberFormatException _) {
            return ReadLine.Unreadable.of(number, "invalid-json", "a number of the line is out of all bounds");
        }
        if (!(node instanceof ObjectNode content)) {
            return ReadLine.Unreadable.of(number, "not-an-object", "a line is one JSON object with a product's fields");
        }
        return new ReadLine.Written(number, content, List.of());
    }
}
