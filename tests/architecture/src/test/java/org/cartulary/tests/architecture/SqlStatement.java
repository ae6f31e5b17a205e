package org.cartulary.tests.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement of a script, ready for patterns: on one line, without comments, and with nothing in its quotes and
 * dollar quotes.
 *
 * @param line where it begins, from 1
 * @param comment the line comments before and in it
 */
record SqlStatement(int line, String comment, String text) {

    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>--[^\\n]*|/\\*.*?\\*/)|'(?:[^']++|'')*+'|(?<dollar>\\$\\w*\\$).*?\\k<dollar>|;|.",
            Pattern.DOTALL);

    static List<SqlStatement> of(String script) {
        List<SqlStatement> statements = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        StringBuilder comment = new StringBuilder();
        int line = 1;
        int begin = 0;
        Matcher token = TOKEN.matcher(script);
        while (token.find()) {
            String found = token.group();
            if (found.equals(";")) {
                add(statements, begin, comment, text);
                begin = 0;
            } else if (token.group("comment") != null) {
                comment.append(found, 2, found.length()).append('\n');
                text.append(' ');
            } else {
                if (begin == 0 && !found.isBlank()) {
                    begin = line;
                }
                text.append(found.startsWith("'") ? "''" : token.group("dollar") != null ? "$$ $$" : found);
            }
            line += (int) found.chars().filter(character -> character == '\n').count();
        }
        add(statements, begin, comment, text);
        return statements;
    }

    private static void add(List<SqlStatement> statements, int line, StringBuilder comment, StringBuilder text) {
        String flat = text.toString().strip().replaceAll("\\s+", " ");
        if (!flat.isEmpty()) {
            statements.add(new SqlStatement(line, comment.toString().strip(), flat));
        }
        text.setLength(0);
        comment.setLength(0);
    }

    /** What the text consists of between the commas that no parentheses enclose. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '(') {
                depth++;
            } else if (character == ')') {
                depth--;
            } else if (character == ',' && depth == 0) {
                parts.add(text.substring(begin, index).strip());
                begin = index + 1;
            }
        }
        parts.add(text.substring(begin).strip());
        return parts;
    }
}
