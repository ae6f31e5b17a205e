package org.cartulary.platform.http;

import java.io.DataInput;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * Makes parsers that refuse {@link UnstorableCharacters} in each text and each name they come to, of whatever Java type it will
 * become, numbers that have more than {@value #MAX_DIGITS} digits where they are written without an exponent, since PostgreSQL answers
 * them so, and documents that are nested more deeply than 64 times, or whose numbers or names are too long. Thread-safe.
 */
final class StorableJsonFactory extends JsonFactory {

    @java.io.Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_DIGITS = 100;

    /** Far more than any request of the API needs, and little enough that reading it costs next to nothing. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(MAX_DIGITS)
            .maxNameLength(256)
            .build();

    StorableJsonFactory() {
        super(JsonFactory.builder().streamReadConstraints(CONSTRAINTS));
    }

    private StorableJsonFactory(StorableJsonFactory other) {
        super(other);
    }

    @Override
    public JsonFactory copy() {
        return new StorableJsonFactory(this);
    }

    @Override
    protected JsonParser _createParser(ObjectReadContext context, IOContext io, InputStream in) {
        return new Parser(super._createParser(context, io, in));
    }

    @Override
    protected JsonParser _createParser(ObjectReadContext context, IOContext io, Reader reader) {
        return new Parser(super._createParser(context, io, reader));
    }

    @Override
    protected JsonParser _createParser(
            ObjectReadContext context, IOContext io, char[] data, int offset, int length, boolean recyclable) {
        return new Parser(super._createParser(context, io, data, offset, length, recyclable));
    }

    @Override
    protected JsonParser _createParser(ObjectReadContext context, IOContext io, byte[] data, int offset, int length) {
        return new Parser(super._createParser(context, io, data, offset, length));
    }

    @Override
    protected JsonParser _createParser(ObjectReadContext context, IOContext io, DataInput input) {
        return new Parser(super._createParser(context, io, input));
    }

    /** Looks at every token to which it moves. */
    private static final class Parser extends JsonParserDelegate {

        Parser(JsonParser parser) {
            super(parser);
        }

        @Override
        public @Nullable JsonToken nextToken() {
            JsonToken token = super.nextToken();
            refuseUnkeepable();
            return token;
        }

        @Override
        public @Nullable JsonToken nextValue() {
            JsonToken token = super.nextValue();
            refuseUnkeepable();
            return token;
        }

        @Override
        public @Nullable String nextName() {
            String name = super.nextName();
            refuseUnkeepable();
            return name;
        }

        @Override
        public boolean nextName(SerializableString expected) {
            boolean found = super.nextName(expected);
            refuseUnkeepable();
            return found;
        }

        @Override
        public int nextNameMatch(PropertyNameMatcher names) {
            int match = super.nextNameMatch(names);
            refuseUnkeepable();
            return match;
        }

        private void refuseUnkeepable() {
            JsonToken token = delegate.currentToken();
            boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME;
            if (isText && UnstorableCharacters.areIn(delegate.getString())) {
                throw new UnkeepableValueException(
                        delegate, UnstorableCharacters.expectedInsteadOf(delegate.getString()));
            }
            if (token == JsonToken.VALUE_NUMBER_FLOAT && hasTooManyDigits(delegate.getString())) {
                throw new UnkeepableValueException(
                        delegate, "this has to be a number of at most " + MAX_DIGITS + " digits");
            }
        }

        /** Without an exponent, they are as many as the constraints allow. */
        private static boolean hasTooManyDigits(String number) {
            if (number.indexOf('e') < 0 && number.indexOf('E') < 0) {
                return false;
            }
            try {
                BigDecimal value = new BigDecimal(number);
                long before = Math.max(1L, (long) value.precision() - value.scale());
                return before + Math.max(0, value.scale()) > MAX_DIGITS;
            } catch (NumberFormatException _) {
                return true;
            }
        }
    }
}
