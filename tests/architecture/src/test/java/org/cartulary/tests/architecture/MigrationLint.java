package org.cartulary.tests.architecture;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the migrations of one service in their order and finds what breaks a {@link MigrationRule}. It looks at the
 * statements themselves, not into the bodies of functions and DO blocks. A table that a script creates itself may be
 * changed in it at will.
 */
final class MigrationLint {

    private static final Pattern NAME = Pattern.compile("V\\d{4}(_\\d{2})?__[a-z][a-z0-9]*(_[a-z0-9]+)*\\.sql");
    private static final Pattern CREATE_TABLE = pattern("^CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?([\\w.\"]+)");
    private static final Pattern CREATE_INDEX =
            pattern("^CREATE (?:UNIQUE )?INDEX (CONCURRENTLY )?.*?\\bON (?:ONLY )?([\\w.\"]+)");
    private static final Pattern ALTER_TABLE =
            pattern("^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?([\\w.\"]+)(?: \\*)? (.*)$");
    private static final Pattern ADD_COLUMN = pattern(
            "^ADD (?:COLUMN )?(?:IF NOT EXISTS )?(?!CONSTRAINT\\b|PRIMARY\\b|UNIQUE\\b|FOREIGN\\b|CHECK\\b|EXCLUDE\\b|NOT\\b).*");
    private static final Pattern REWRITING_COLUMN = pattern(
            "\\b(?:small|big)?serial\\b|\\bGENERATED\\b(?!.*\\bVIRTUAL\\b)"
                    + "|\\bDEFAULT .*\\b(?:gen_random_uuid|uuidv[47]|clock_timestamp|random|nextval|statement_timestamp)\\(");
    private static final Pattern CHANGE_TYPE = pattern("^ALTER (?:COLUMN )?\\S+ (?:SET DATA )?TYPE\\b");
    private static final Pattern SET_NOT_NULL = pattern("^ALTER (?:COLUMN )?([\\w\"]+) SET NOT NULL");
    private static final Pattern ADD_CONSTRAINT =
            pattern("^ADD (?:CONSTRAINT ([\\w\"]+) )?(FOREIGN KEY|CHECK|NOT NULL|PRIMARY KEY|UNIQUE|EXCLUDE)\\b(.*)$");
    private static final Pattern NOT_NULL_CHECK = pattern("^ ?\\( ?\\(?([\\w\"]+) IS NOT NULL\\)? ?\\)");
    private static final Pattern VALIDATE = pattern("^VALIDATE CONSTRAINT ([\\w\"]+)");
    private static final Pattern REFERENCES =
            pattern("\\bREFERENCES [\\w.\"]+ ?(?:\\([^)]*\\))?((?: (?:MATCH \\w+|ON (?:DELETE|UPDATE) "
                    + "(?:NO ACTION|RESTRICT|CASCADE|SET (?:NULL|DEFAULT)(?: ?\\([^)]*\\))?)))*)");
    private static final Pattern TIMESTAMP = pattern("\\btimestamp\\b(?! ?(?:\\( ?\\d ?\\) ?)?with time zone)");

    private final List<Finding> findings = new ArrayList<>();

    /** Columns of constraints {@code CHECK (column IS NOT NULL)}, by table and constraint. */
    private final Map<String, String> notNullChecks = new HashMap<>();

    /** Columns that a validated constraint shows to have no NULL, after their table. */
    private final Set<String> knownNotNull = new HashSet<>();

    private final Set<String> createdHere = new HashSet<>();
    private final Set<String> addedHere = new HashSet<>();
    private String script = "";

    private MigrationLint() {}

    /** What breaks a rule, and where. */
    record Finding(String script, int line, MigrationRule rule, String text) {

        @Override
        public String toString() {
            return "%s:%d: a migration %s: %s".formatted(script, line, rule.demand(), text);
        }
    }

    static List<Finding> findings(List<MigrationScript> scripts) {
        MigrationLint lint = new MigrationLint();
        scripts.forEach(lint::read);
        return lint.findings;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, CASE_INSENSITIVE);
    }

    private static String plain(String name) {
        return name.replace("\"", "").replaceFirst("^public\\.", "").toLowerCase(Locale.ROOT);
    }

    private void read(MigrationScript migration) {
        script = migration.name();
        createdHere.clear();
        addedHere.clear();
        if (!NAME.matcher(script).matches()) {
            findings.add(new Finding(script, 1, MigrationRule.NAME, script));
        }
        if (!migration.hasUndo()) {
            findings.add(new Finding(script, 1, MigrationRule.UNDO, script));
        }
        SqlStatement.of(migration.sql()).forEach(this::read);
    }

    private void read(SqlStatement statement) {
        String text = statement.text();
        readAnywhere(statement);
        Matcher table = CREATE_TABLE.matcher(text);
        Matcher index = CREATE_INDEX.matcher(text);
        Matcher change = ALTER_TABLE.matcher(text);
        if (table.find()) {
            createdHere.add(plain(table.group(1)));
        } else if (index.find()) {
            if (index.group(1) == null && !createdHere.contains(plain(index.group(2)))) {
                report(statement, MigrationRule.BLOCKING_INDEX);
            }
        } else if (change.find() && !createdHere.contains(plain(change.group(1)))) {
            for (String action : SqlStatement.parts(change.group(2))) {
                readAction(statement, plain(change.group(1)), action);
            }
        }
    }

    private void readAnywhere(SqlStatement statement) {
        String text = statement.text();
        boolean grants = begins(text, "GRANT |REVOKE ");
        Matcher references = REFERENCES.matcher(text);
        while (!grants && references.find()) {
            if (!references.group(1).toUpperCase(Locale.ROOT).contains("ON DELETE")) {
                report(statement, MigrationRule.ON_DELETE);
            }
        }
        if (TIMESTAMP.matcher(text).find()) {
            report(statement, MigrationRule.TIMESTAMP);
        }
        if (begins(text, "(LOCK|VACUUM|CLUSTER|REINDEX)\\b")) {
            report(statement, MigrationRule.LOCK);
        }
        if (begins(text, "DROP INDEX (?!CONCURRENTLY)")) {
            report(statement, MigrationRule.BLOCKING_INDEX);
        }
        if (begins(text, "DROP (TABLE|VIEW|MATERIALIZED VIEW|SCHEMA|TYPE) ")) {
            reportDrop(statement);
        }
        if (begins(text, "ALTER \\w+( \\w+)? .*\\bRENAME TO")) {
            report(statement, MigrationRule.RENAME);
        }
    }

    private void readAction(SqlStatement statement, String table, String action) {
        Matcher setNotNull = SET_NOT_NULL.matcher(action);
        Matcher constraint = ADD_CONSTRAINT.matcher(action);
        Matcher validate = VALIDATE.matcher(action);
        if (constraint.find()) {
            readConstraint(statement, table, constraint);
        } else if (ADD_COLUMN.matcher(action).matches()) {
            readNewColumn(statement, action);
        } else if (CHANGE_TYPE.matcher(action).find()) {
            report(statement, MigrationRule.REWRITE);
        } else if (setNotNull.find() && !knownNotNull.contains(table + "." + plain(setNotNull.group(1)))) {
            report(statement, MigrationRule.SET_NOT_NULL);
        } else if (validate.find()) {
            readValidation(statement, table + "." + plain(validate.group(1)));
        } else if (begins(action, "DROP (?!CONSTRAINT )")) {
            reportDrop(statement);
        } else if (begins(action, "RENAME (?!TO |CONSTRAINT )")) {
            report(statement, MigrationRule.RENAME);
        }
    }

    private void readNewColumn(SqlStatement statement, String action) {
        if (contains(action, "NOT NULL|PRIMARY KEY") && !contains(action, "DEFAULT|GENERATED")) {
            report(statement, MigrationRule.ADDED_NOT_NULL);
        }
        if (REWRITING_COLUMN.matcher(action).find()) {
            report(statement, MigrationRule.REWRITE);
        }
        if (contains(action, "REFERENCES|CHECK")) {
            report(statement, MigrationRule.SCANNED_CONSTRAINT);
        }
        if (contains(action, "UNIQUE|PRIMARY KEY")) {
            report(statement, MigrationRule.BLOCKING_INDEX);
        }
    }

    private void readConstraint(SqlStatement statement, String table, Matcher constraint) {
        String kind = constraint.group(2).toUpperCase(Locale.ROOT);
        String definition = constraint.group(3);
        String key = table + "." + (constraint.group(1) == null ? "" : plain(constraint.group(1)));
        if (kind.equals("PRIMARY KEY") || kind.equals("UNIQUE") || kind.equals("EXCLUDE")) {
            if (!contains(definition, "USING INDEX")) {
                report(statement, MigrationRule.BLOCKING_INDEX);
            }
            return;
        }
        if (!contains(definition, "NOT VALID")) {
            report(statement, MigrationRule.SCANNED_CONSTRAINT);
        }
        addedHere.add(key);
        Matcher notNull = NOT_NULL_CHECK.matcher(definition);
        if (kind.equals("CHECK") && notNull.find()) {
            notNullChecks.put(key, table + "." + plain(notNull.group(1)));
        }
    }

    private void readValidation(SqlStatement statement, String constraint) {
        if (addedHere.contains(constraint)) {
            report(statement, MigrationRule.VALIDATED_AT_ONCE);
        }
        String column = notNullChecks.get(constraint);
        if (column != null) {
            knownNotNull.add(column);
        }
    }

    private void reportDrop(SqlStatement statement) {
        if (!contains(statement.comment(), "Contract: ?\\S")) {
            report(statement, MigrationRule.DROP);
        }
    }

    private static boolean begins(String text, String regex) {
        return pattern("(?:" + regex + ")").matcher(text).lookingAt();
    }

    private static boolean contains(String text, String regex) {
        return pattern("\\b(?:" + regex + ")").matcher(text).find();
    }

    private void report(SqlStatement statement, MigrationRule rule) {
        findings.add(new Finding(script, statement.line(), rule, statement.text()));
    }
}
