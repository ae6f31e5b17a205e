package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.tests.architecture.MigrationRule.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lint reports each breach of a {@link MigrationRule}, and lets pass what is harmless. */
@Tag("PLT-06")
class MigrationLintTest {

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(BLOCKING_INDEX, "CREATE INDEX idx_pots_name ON pots (name);"),
                Arguments.of(
                        BLOCKING_INDEX, "create unique index if not exists uq_pots_name on only public.pots (name);"),
                Arguments.of(BLOCKING_INDEX, "DROP INDEX idx_pots_name;"),
                Arguments.of(BLOCKING_INDEX, "ALTER TABLE pots ADD CONSTRAINT uq_pots_name UNIQUE (name);"),
                Arguments.of(BLOCKING_INDEX, "ALTER TABLE pots ADD COLUMN code text UNIQUE;"),
                Arguments.of(ADDED_NOT_NULL, "ALTER TABLE pots ADD COLUMN name text NOT NULL;"),
                Arguments.of(ADDED_NOT_NULL, "ALTER TABLE pots ADD a text, ADD name text\n NOT\n NULL;"),
                Arguments.of(REWRITE, "ALTER TABLE pots ALTER COLUMN name TYPE varchar(10);"),
                Arguments.of(REWRITE, "ALTER TABLE pots ALTER name SET DATA TYPE bigint USING name::bigint;"),
                Arguments.of(REWRITE, "ALTER TABLE pots ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();"),
                Arguments.of(REWRITE, "ALTER TABLE pots ADD COLUMN number bigserial;"),
                Arguments.of(REWRITE, "ALTER TABLE pots ADD COLUMN c text GENERATED ALWAYS AS (lower(name)) STORED;"),
                Arguments.of(SET_NOT_NULL, "ALTER TABLE pots ALTER COLUMN name SET NOT NULL;"),
                Arguments.of(SCANNED_CONSTRAINT, "ALTER TABLE pots ADD CONSTRAINT chk_pots_name CHECK (name <> '');"),
                Arguments.of(
                        SCANNED_CONSTRAINT,
                        "ALTER TABLE pots ADD FOREIGN KEY (shelf_id) REFERENCES shelves (id) ON DELETE CASCADE;"),
                Arguments.of(SCANNED_CONSTRAINT, "ALTER TABLE pots ADD COLUMN n integer CHECK (n > 0);"),
                Arguments.of(VALIDATED_AT_ONCE, """
                        ALTER TABLE pots ADD CONSTRAINT chk_pots_name CHECK (name <> '') NOT VALID;
                        ALTER TABLE pots VALIDATE CONSTRAINT chk_pots_name;
                        """),
                Arguments.of(DROP, "DROP TABLE pots;"),
                Arguments.of(DROP, "ALTER TABLE pots DROP COLUMN name;"),
                Arguments.of(DROP, "ALTER TABLE pots ADD a text, DROP name;"),
                Arguments.of(RENAME, "ALTER TABLE pots RENAME COLUMN name TO title;"),
                Arguments.of(RENAME, "ALTER TABLE pots RENAME TO vessels;"),
                Arguments.of(ON_DELETE, "CREATE TABLE lids (pot_id uuid REFERENCES pots (id));"),
                Arguments.of(ON_DELETE, """
                        CREATE TABLE lids (pot_id uuid REFERENCES pots (id) ON DELETE CASCADE,
                            CONSTRAINT fk_lids_pots FOREIGN KEY (pot_id) REFERENCES pots (id) ON UPDATE CASCADE);
                        """),
                Arguments.of(TIMESTAMP, "CREATE TABLE lids (made_at timestamp NOT NULL);"),
                Arguments.of(TIMESTAMP, "CREATE TABLE lids (made_at timestamp(3) without time zone);"),
                Arguments.of(LOCK, "LOCK TABLE pots IN SHARE MODE;"),
                Arguments.of(LOCK, "VACUUM pots;"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrong")
    void aBreachIsReported(MigrationRule rule, String sql) {
        assertThat(findings(script(sql)))
                .extracting(MigrationLint.Finding::rule)
                .containsExactly(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY idx_pots_name ON pots (name);",
                "CREATE TABLE pots (id uuid); CREATE INDEX idx_pots_id ON pots (id); ALTER TABLE pots ADD n text NOT NULL;",
                "CREATE TABLE IF NOT EXISTS public.pots (id uuid); ALTER TABLE ONLY pots ALTER id SET NOT NULL;",
                "ALTER TABLE pots ADD COLUMN name text NOT NULL DEFAULT '';",
                "ALTER TABLE pots ADD COLUMN made_at timestamptz DEFAULT now(), ADD COLUMN name text;",
                "ALTER TABLE pots ADD COLUMN made_at timestamp(3) with time zone;",
                "ALTER TABLE pots ADD CONSTRAINT chk_pots_name CHECK (name <> '') NOT VALID;",
                "ALTER TABLE pots ADD CONSTRAINT uq_pots_name UNIQUE USING INDEX uq_pots_name;",
                "ALTER TABLE pots DROP CONSTRAINT chk_pots_name;",
                "-- Contract: nobody reads it since V0007.\nALTER TABLE pots DROP COLUMN name;",
                "CREATE TABLE lids (pot_id uuid REFERENCES pots (id) ON UPDATE CASCADE ON DELETE SET NULL (pot_id));",
                "REVOKE REFERENCES ON pots FROM reader;",
                "-- DROP TABLE pots; VACUUM\nCOMMENT ON TABLE pots IS 'A timestamp; LOCK it: it''s ours';",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$ BEGIN DROP TABLE pots; END; $body$;"
            })
    void whatIsHarmlessPasses(String sql) {
        assertThat(findings(script(sql))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "V1__pots.sql",
                "V0001__Pots.sql",
                "V0001_pots.sql",
                "U0001__pots.sql",
                "R__pots.sql",
                "notes.txt"
            })
    void aWrongNameIsReported(String name) {
        assertThat(findings(new MigrationScript(name, "", true)))
                .extracting(MigrationLint.Finding::rule)
                .containsExactly(NAME);
    }

    @Test
    void aMigrationWithoutAWayBackIsReported() {
        assertThat(findings(new MigrationScript("V0001__pots.sql", "", false)))
                .extracting(MigrationLint.Finding::rule)
                .containsExactly(UNDO);
    }

    @Test
    void notNullMayBeSetWhereAnEarlierScriptsCheckWasValidated() {
        MigrationScript expand =
                script("ALTER TABLE pots ADD CONSTRAINT chk_pots_name CHECK (name IS NOT NULL) NOT VALID;");
        MigrationScript contract = script("""
                ALTER TABLE pots VALIDATE CONSTRAINT chk_pots_name;
                ALTER TABLE pots ALTER COLUMN name SET NOT NULL;
                ALTER TABLE pots DROP CONSTRAINT chk_pots_name;
                """);

        assertThat(findings(expand, contract)).isEmpty();
        assertThat(findings(contract)).extracting(MigrationLint.Finding::rule).containsExactly(SET_NOT_NULL);
    }

    @Test
    void aFindingTellsTheLine() {
        assertThat(findings(script("-- First.\nSELECT 1;\n\n-- Then\nVACUUM\n  pots;")))
                .singleElement()
                .hasToString("V0001__pots.sql:5: a migration does not LOCK, VACUUM, CLUSTER or REINDEX: VACUUM pots");
    }

    @Test
    void everyRuleHasASample() {
        Set<Object> proven = wrong().map(arguments -> arguments.get()[0]).collect(Collectors.toSet());
        proven.addAll(List.of(NAME, UNDO));

        assertThat(proven).isEqualTo(EnumSet.allOf(MigrationRule.class));
    }

    private static MigrationScript script(String sql) {
        return new MigrationScript("V0001__pots.sql", sql, true);
    }

    private static List<MigrationLint.Finding> findings(MigrationScript... scripts) {
        return MigrationLint.findings(List.of(scripts));
    }
}
