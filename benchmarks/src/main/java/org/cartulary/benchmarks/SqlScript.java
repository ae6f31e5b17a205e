package org.cartulary.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a script of {@code pgbench}, for JDBC. What pgbench would draw ({@code \set}) is given by the caller.
 *
 * @param statements in their order, {@code BEGIN} and {@code COMMIT} among them
 */
record SqlScript(List<Statement> statements) {

    private static final Pattern VARIABLE = Pattern.compile("(?<!:):([a-z]+)");

    SqlScript {
        statements = List.copyOf(statements);
    }

    /**
     * A statement.
     *
     * @param sql with question marks
     * @param variables their names, in the order of the question marks
     */
    record Statement(String sql, List<String> variables) {

        boolean is(String word) {
            return sql.equals(word);
        }
    }

    static SqlScript of(String text) {
        List<Statement> statements = new ArrayList<>();
        String sql = text.replaceAll("(?m)^(--|\\\\set).*$", "");
        for (String statement : sql.split(";", -1)) {
            if (!statement.isBlank()) {
                List<String> variables = new ArrayList<>();
                Matcher variable = VARIABLE.matcher(statement.strip());
                String prepared = variable.replaceAll(found -> {
                    variables.add(found.group(1));
                    return "?";
                });
                statements.add(new Statement(prepared, List.copyOf(variables)));
            }
        }
        return new SqlScript(statements);
    }
}
