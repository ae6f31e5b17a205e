package org.cartulary.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.SqlValue;

/** What the database reads of arrays that are sent in binary is what it reads of their texts. */
class SqlArraysDbTest {

    private static final Databases DATABASES = new Databases(TestPostgres.freshDatabases(), new SimpleMeterRegistry());
    private static Database sample;

    @BeforeAll
    static void open() {
        sample = DATABASES.open("sample");
    }

    @AfterAll
    static void close() {
        DATABASES.close();
    }

    /** The array as the database writes it. */
    private static String read(SqlValue array) {
        return sample.asWorker(tx -> tx.jdbc()
                .sql("SELECT cast(:array AS text)")
                .param("array", array)
                .query(String.class)
                .single());
    }

    @Test
    void uuidsAndNullsArrive() {
        UUID id = Ids.next();
        UUID smallest = new UUID(0, 0);
        UUID greatest = new UUID(-1, -1);
        assertThat(read(Sql.uuidArray(Arrays.asList(id, null, smallest, greatest))))
                .isEqualTo("{" + id + ",NULL," + smallest + "," + greatest + "}");
    }

    @Test
    void textsArriveWhateverTheyHold() {
        String text = "a \"quoted\" \\ {brace}, comma, NULL, ü, 漢, 🙂, '' and a\nline";
        assertThat(read(Sql.textArray(Arrays.asList("", null, "NULL", text))))
                .isEqualTo("{\"\",NULL,\"NULL\",\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
    }

    @Test
    void numbersAndFlagsArrive() {
        assertThat(read(Sql.intArray(Arrays.asList(Integer.MIN_VALUE, null, Integer.MAX_VALUE))))
                .isEqualTo("{-2147483648,NULL,2147483647}");
        assertThat(read(Sql.intArray(new int[] {1, 2}))).isEqualTo("{1,2}");
        assertThat(read(Sql.longArray(Arrays.asList(Long.MIN_VALUE, null, Long.MAX_VALUE))))
                .isEqualTo("{-9223372036854775808,NULL,9223372036854775807}");
        assertThat(read(Sql.numericArray(List.of(new BigDecimal("73.60"), new BigDecimal("-0.01")))))
                .isEqualTo("{73.60,-0.01}");
        assertThat(read(Sql.booleanArray(List.of(true, false)))).isEqualTo("{t,f}");
    }

    @Test
    void instantsArriveInMicroseconds() {
        assertThat(read(Sql.timestampArray(Arrays.asList(
                        Instant.parse("1969-12-31T23:59:59.999999Z"),
                        null,
                        Instant.parse("2026-11-21T18:00:00.123456500Z"),
                        Instant.parse("2026-11-21T18:00:00.123456499Z")))))
                .isEqualTo("{\"1969-12-31 23:59:59.999999+00\",NULL,\"2026-11-21 18:00:00.123457+00\","
                        + "\"2026-11-21 18:00:00.123456+00\"}");
    }

    @Test
    void jsonArrives() {
        assertThat(read(Sql.jsonArray(Arrays.asList("{\"name\": \"a \\\"b\\\" ü\"}", null, "[]"))))
                .isEqualTo("{\"{\\\"name\\\": \\\"a \\\\\\\"b\\\\\\\" ü\\\"}\",NULL,[]}");
    }

    @Test
    void emptyArraysArrive() {
        assertThat(read(Sql.uuidArray(List.of()))).isEqualTo("{}");
        assertThat(read(Sql.textArray(List.of()))).isEqualTo("{}");
        assertThat(read(Sql.jsonArray(List.of()))).isEqualTo("{}");
    }
}
