package org.cartulary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlScriptTest {

    @Test
    void takesTheStatementsOfPgbenchWithoutWhatItDraws() {
        SqlScript script = SqlScript.of("""
                -- A comment; with a semicolon.
                \\set order random(1, 10)
                BEGIN;
                UPDATE t SET a = :first WHERE id = md5(:order::text)::uuid AND b = :first;
                COMMIT;
                """);

        assertThat(script.statements())
                .containsExactly(
                        new SqlScript.Statement("BEGIN", List.of()),
                        new SqlScript.Statement(
                                "UPDATE t SET a = ? WHERE id = md5(?::text)::uuid AND b = ?",
                                List.of("first", "order", "first")),
                        new SqlScript.Statement("COMMIT", List.of()));
    }
}
