package org.cartulary.platform.database;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.jdbc.support.SqlValue;

/** Values for the parameters of a {@code JdbcClient} that JDBC has no type for. */
public final class Sql {

    private Sql() {}

    /** A {@code uuid[]}; elements may be null. */
    public static SqlValue uuidArray(Collection<? extends @Nullable UUID> ids) {
        return BinaryArray.ofUuids(ids);
    }

    /** A {@code uuid[]} of one part of each row, which may be null. */
    public static <T> SqlValue uuidArray(Collection<T> rows, Function<? super T, ? extends @Nullable UUID> part) {
        return uuidArray(rows.stream().<@Nullable UUID>map(part).toList());
    }

    /** A {@code text[]}; elements may be null. */
    public static SqlValue textArray(Collection<? extends @Nullable String> texts) {
        return BinaryArray.ofTexts(texts);
    }

    /** A {@code text[]} of one part of each row, which may be null. */
    public static <T> SqlValue textArray(Collection<T> rows, Function<? super T, ? extends @Nullable String> part) {
        return textArray(rows.stream().<@Nullable String>map(part).toList());
    }

    /** An {@code int4[]}; elements may be null. */
    public static SqlValue intArray(Collection<? extends @Nullable Integer> numbers) {
        return BinaryArray.ofInts(numbers);
    }

    /** An {@code int4[]} of one part of each row, which may be null. */
    public static <T> SqlValue intArray(Collection<T> rows, Function<? super T, ? extends @Nullable Integer> part) {
        return intArray(rows.stream().<@Nullable Integer>map(part).toList());
    }

    /** An {@code int4[]}. */
    public static SqlValue intArray(int[] numbers) {
        return BinaryArray.ofInts(Arrays.stream(numbers).boxed().toList());
    }

    /** An {@code int8[]}; elements may be null. */
    public static SqlValue longArray(Collection<? extends @Nullable Long> numbers) {
        return BinaryArray.ofLongs(numbers);
    }

    /** An {@code int8[]} of one part of each row, which may be null. */
    public static <T> SqlValue longArray(Collection<T> rows, Function<? super T, ? extends @Nullable Long> part) {
        return longArray(rows.stream().<@Nullable Long>map(part).toList());
    }

    /** A {@code numeric[]}. */
    public static SqlValue numericArray(Collection<BigDecimal> numbers) {
        return new SqlArrayValue("numeric", numbers.toArray());
    }

    /** A {@code numeric[]} of one part of each row. */
    public static <T> SqlValue numericArray(Collection<T> rows, Function<? super T, BigDecimal> part) {
        return numericArray(rows.stream().map(part).toList());
    }

    /** A {@code bool[]}. */
    public static SqlValue booleanArray(Collection<Boolean> flags) {
        return BinaryArray.ofBooleans(flags);
    }

    /** A {@code timestamptz[]}; elements may be null. */
    public static SqlValue timestampArray(Collection<? extends @Nullable Instant> instants) {
        return BinaryArray.ofInstants(instants);
    }

    /** A {@code timestamptz[]} of one part of each row, which may be null. */
    public static <T> SqlValue timestampArray(
            Collection<T> rows, Function<? super T, ? extends @Nullable Instant> part) {
        return timestampArray(rows.stream().<@Nullable Instant>map(part).toList());
    }

    /** A {@code jsonb[]} of JSON texts; elements may be null. */
    public static SqlValue jsonArray(Collection<? extends @Nullable String> jsons) {
        return BinaryArray.ofJsons(jsons);
    }

    /** A {@code jsonb[]} of a JSON text for each row, which may be null. */
    public static <T> SqlValue jsonArray(Collection<T> rows, Function<? super T, ? extends @Nullable String> part) {
        return jsonArray(rows.stream().<@Nullable String>map(part).toList());
    }

    /** A {@code timestamptz}; the driver does not take an {@link Instant}. */
    public static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** A {@code jsonb} of a JSON text, or SQL's NULL. */
    public static SqlValue json(@Nullable String text) {
        return new Json(text);
    }

    private record Json(@Nullable String text) implements SqlValue {

        @Override
        public void setValue(PreparedStatement statement, int index) throws SQLException {
            PGobject value = new PGobject();
            value.setType("jsonb");
            value.setValue(text);
            statement.setObject(index, value);
        }

        @Override
        public void cleanup() {
            // It holds nothing.
        }
    }
}
