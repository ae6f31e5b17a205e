package org.cartulary.platform.database;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgArray;
import org.springframework.jdbc.support.SqlValue;

/**
 * An array of one dimension as PostgreSQL receives it in binary. The driver writes most arrays as text, each element of which
 * the database has to find, to unescape and to parse. Thread-safe.
 */
final class BinaryArray implements SqlValue {

    /** The binary form of jsonb begins with the version of the form. */
    private static final byte JSONB_VERSION = 1;

    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    /** A type of elements, with the numbers that PostgreSQL knows it and its arrays by, the same in every database. */
    private enum Kind {
        BOOL(16, 1000),
        INT8(20, 1016),
        INT4(23, 1007),
        TEXT(25, 1009),
        TIMESTAMPTZ(1184, 1185),
        UUID(2950, 2951),
        JSONB(3802, 3807);

        private final int elementType;
        private final int arrayType;

        Kind(int elementType, int arrayType) {
            this.elementType = elementType;
            this.arrayType = arrayType;
        }
    }

    private final int arrayType;
    private final byte[] bytes;

    private BinaryArray(Kind kind, byte[] bytes) {
        this.arrayType = kind.arrayType;
        this.bytes = bytes;
    }

    static BinaryArray ofUuids(Collection<? extends @Nullable UUID> ids) {
        return of(
                Kind.UUID,
                ids,
                id -> ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }

    static BinaryArray ofTexts(Collection<? extends @Nullable String> texts) {
        return of(Kind.TEXT, texts, text -> text.getBytes(StandardCharsets.UTF_8));
    }

    static BinaryArray ofInts(Collection<? extends @Nullable Integer> numbers) {
        return of(
                Kind.INT4,
                numbers,
                number -> ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    static BinaryArray ofLongs(Collection<? extends @Nullable Long> numbers) {
        return of(Kind.INT8, numbers, BinaryArray::int8);
    }

    static BinaryArray ofBooleans(Collection<Boolean> flags) {
        return of(Kind.BOOL, flags, flag -> new byte[] {(byte) (flag ? 1 : 0)});
    }

    /** Rounded to microseconds, as PostgreSQL rounds what it reads. */
    static BinaryArray ofInstants(Collection<? extends @Nullable Instant> instants) {
        return of(
                Kind.TIMESTAMPTZ,
                instants,
                instant -> int8(ChronoUnit.MICROS.between(
                        POSTGRES_EPOCH, instant.plusNanos(500).truncatedTo(ChronoUnit.MICROS))));
    }

    static BinaryArray ofJsons(Collection<? extends @Nullable String> jsons) {
        return of(Kind.JSONB, jsons, json -> {
            byte[] text = json.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(1 + text.length)
                    .put(JSONB_VERSION)
                    .put(text)
                    .array();
        });
    }

    private static byte[] int8(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static <T> BinaryArray of(
            Kind kind, Collection<? extends @Nullable T> elements, Function<T, byte[]> encoding) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 32 * elements.size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            // The number of dimensions, whether there are nulls, the type, and of the dimension its length and first
            // index.
            out.writeInt(elements.isEmpty() ? 0 : 1);
            out.writeInt(elements.stream().anyMatch(element -> element == null) ? 1 : 0);
            out.writeInt(kind.elementType);
            if (!elements.isEmpty()) {
                out.writeInt(elements.size());
                out.writeInt(1);
            }
            for (T element : elements) {
                if (element == null) {
                    out.writeInt(-1);
                } else {
                    byte[] encoded = encoding.apply(element);
                    out.writeInt(encoded.length);
                    out.write(encoded);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return new BinaryArray(kind, bytes.toByteArray());
    }

    @Override
    public void setValue(PreparedStatement statement, int index) throws SQLException {
        BaseConnection connection = statement.getConnection().unwrap(BaseConnection.class);
        statement.setArray(index, new PgArray(connection, arrayType, bytes));
    }

    @Override
    public void cleanup() {
        // It holds nothing.
    }
}
