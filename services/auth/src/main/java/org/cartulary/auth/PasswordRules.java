package org.cartulary.auth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which passwords are refused: short ones, and those of which little is left without what everybody tries first, which is common
 * words, runs of characters, and the name and address of the person. No characters of certain kinds are demanded.
 */
final class PasswordRules {

    /** In characters as people count them. */
    static final int MIN_CHARACTERS = 12;

    static final int MAX_CHARACTERS = 128;

    /** So many letters and digits have to be left of a password's own. */
    private static final int MIN_OWN = 6;

    private static final int SHORTEST_WORD = 4;
    private static final int SHORTEST_RUN = 4;
    private static final String DIGITS_PUT_FOR_LETTERS = "013457@$!";
    private static final String LETTERS = "oieastasi";
    private static final List<String> COMMON = read("common-passwords.txt");

    private PasswordRules() {}

    /** Why a password is refused. */
    enum Refusal {
        /** It has too few characters. */
        TOO_SHORT("too-short", "use at least " + MIN_CHARACTERS + " characters"),
        /** It has too many. */
        TOO_LONG("too-long", "use at most " + MAX_CHARACTERS + " characters"),
        /** It is made of what everybody tries first. */
        COMMON("common", "it is made of common passwords: use several unusual words"),
        /** It is made of the person's name or address. */
        PERSONAL("personal", "it repeats your name or e-mail address: use something that nobody connects with you");

        private final String code;
        private final String advice;

        Refusal(String code, String advice) {
            this.code = code;
            this.advice = advice;
        }

        String code() {
            return code;
        }

        String advice() {
            return advice;
        }
    }

    /** Why the person cannot have this password; empty if they can. */
    static Optional<Refusal> refusal(String password, Person person) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_CHARACTERS) {
            return Optional.of(Refusal.TOO_SHORT);
        }
        if (length > MAX_CHARACTERS) {
            return Optional.of(Refusal.TOO_LONG);
        }
        String lower = password.toLowerCase(Locale.ROOT);
        List<String> variants = List.of(lettersAndDigits(lower), lettersAndDigits(withLettersForDigits(lower)));
        List<String> personal = longestFirst(personal(person)).toList();
        if (variants.stream().anyMatch(text -> own(text, personal) < MIN_OWN && own(text, List.of()) >= MIN_OWN)) {
            return Optional.of(Refusal.PERSONAL);
        }
        List<String> all =
                longestFirst(Stream.concat(COMMON.stream(), personal.stream())).toList();
        return variants.stream().anyMatch(text -> own(text, all) < MIN_OWN)
                ? Optional.of(Refusal.COMMON)
                : Optional.empty();
    }

    /** How many different characters are left without the words and without runs. */
    private static long own(String text, List<String> words) {
        String left = withoutRuns(text);
        for (String word : words) {
            left = left.replace(word, "");
        }
        return left.chars().distinct().count();
    }

    /** Leaves out 1234, dcba and aaaa. */
    private static String withoutRuns(String text) {
        StringBuilder left = new StringBuilder();
        int begin = 0;
        while (begin < text.length()) {
            int end = endOfRun(text, begin);
            if (end - begin < SHORTEST_RUN) {
                end = begin + 1;
                left.append(text.charAt(begin));
            }
            begin = end;
        }
        return left.toString();
    }

    private static int endOfRun(String text, int begin) {
        int end = begin + 1;
        int step = end < text.length() ? text.charAt(end) - text.charAt(begin) : 2;
        while (Math.abs(step) <= 1 && end < text.length() && text.charAt(end) - text.charAt(end - 1) == step) {
            end++;
        }
        return end;
    }

    private static Stream<String> personal(Person person) {
        String[] halves = person.email().toLowerCase(Locale.ROOT).split("@", 2);
        return Stream.of(
                        Stream.of(halves),
                        Stream.of(halves).flatMap(half -> Stream.of(half.split("[^a-z0-9]+"))),
                        Stream.of(person.firstName(), person.lastName())
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .flatMap(name -> Stream.concat(Stream.of(name), Stream.of(name.split("[\\s-]+")))))
                .flatMap(words -> words)
                .map(PasswordRules::lettersAndDigits)
                .filter(word -> word.length() >= SHORTEST_WORD);
    }

    private static String lettersAndDigits(String text) {
        return text.codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String withLettersForDigits(String text) {
        String changed = text;
        for (int i = 0; i < LETTERS.length(); i++) {
            changed = changed.replace(DIGITS_PUT_FOR_LETTERS.charAt(i), LETTERS.charAt(i));
        }
        return changed;
    }

    private static Stream<String> longestFirst(Stream<String> words) {
        return words.distinct().sorted(Comparator.comparing(String::length).reversed());
    }

    private static List<String> read(String name) {
        try (InputStream file = Objects.requireNonNull(PasswordRules.class.getResourceAsStream(name), name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return longestFirst(
                            lines.lines().map(String::strip).filter(word -> !word.isEmpty() && !word.startsWith("#")))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
