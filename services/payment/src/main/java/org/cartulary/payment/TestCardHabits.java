package org.cartulary.payment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the test provider behaves with a card, as its token says; {@code docs/test-payment-provider.md} has the grammar.
 * Immutable.
 *
 * @param text the token without its prefix
 * @param steps what happens at the first, second, … time that an operation is asked for; the last one stays
 */
record TestCardHabits(String text, Map<Operation, List<Step>> steps, Webhooks webhooks) {

    private static final String SCRIPT = "tok:";
    private static final Pattern ENTRY = Pattern.compile("([a-z]+)=(.+)");
    private static final Pattern STEP = Pattern.compile("([a-z-]+)(?:\\(([a-z0-9_]{1,40})\\))?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,5})(ms|s)");
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration USUAL_HANG = Duration.ofSeconds(30);
    private static final int MOST_REPETITIONS = 20;

    /** What the provider can be asked for. */
    enum Operation {
        AUTHORIZE,
        CAPTURE,
        VOID,
        REFUND
    }

    /** What may happen when it is asked. */
    enum Kind {
        /** It is done. */
        OK(true),
        /** It is declined, and not done. */
        DECLINED(false),
        /** It is not done, and nobody answers. */
        TIMEOUT(false),
        /** It is done, and nobody answers. */
        LOST(true),
        /** It is not done, and nobody answers, after a long time. */
        HANG(false),
        /** It is done, and answered after a time. */
        SLOW(true),
        /** It is not done, for a reason that passes. */
        FAIL(false),
        /** It is done, and declined nevertheless. */
        ERROR_BUT_DONE(true),
        /** It is taken on, and done when it is asked for again. */
        PROCESSING(false),
        /** It is taken on, and done after a time. */
        LATE(false),
        /** It is done for another amount. */
        WRONG_AMOUNT(true),
        /** The money was taken before it could be given up. */
        CAPTURED(false),
        /** It is done for a charge that there is; what is not heard of is not given up for later. */
        UNKNOWN_CHARGE(false);

        private final boolean isDone;

        Kind(boolean isDone) {
            this.isDone = isDone;
        }

        boolean isDone() {
            return isDone;
        }
    }

    /** One answer. */
    record Step(Kind kind, String code, Duration time) {

        private static final Step OK = new Step(Kind.OK, "", Duration.ZERO);
    }

    /** What the provider tells unasked. */
    enum Webhooks {
        NONE(0),
        ONCE(1),
        TWICE(2),
        /** Before the answer. */
        EARLY(1),
        NEWEST_FIRST(1);

        private final int times;

        Webhooks(int times) {
            this.times = times;
        }

        int times() {
            return times;
        }
    }

    /** The habits of a token; empty if it is none. */
    static Optional<TestCardHabits> ofToken(String token) {
        return switch (token) {
            case "tok_ok" -> parse("");
            case "tok_declined" -> parse("authorize=declined");
            case "tok_insufficient_funds" -> parse("authorize=declined(insufficient_funds)");
            case "tok_timeout" -> parse("authorize=lost-then-ok");
            default -> token.startsWith(SCRIPT) ? parse(token.substring(SCRIPT.length())) : Optional.empty();
        };
    }

    /** The habits that a text says; empty if it cannot be read. */
    static Optional<TestCardHabits> parse(String text) {
        Map<Operation, List<Step>> steps = new EnumMap<>(Operation.class);
        Webhooks webhooks = Webhooks.NONE;
        for (String entry : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            Matcher matcher = ENTRY.matcher(entry);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            if (matcher.group(1).equals("webhook")) {
                Optional<Webhooks> said = named(Webhooks.class, matcher.group(2));
                if (said.isEmpty()) {
                    return Optional.empty();
                }
                webhooks = said.get();
                continue;
            }
            Optional<Operation> operation = named(Operation.class, matcher.group(1));
            List<Step> said = steps(matcher.group(2));
            if (operation.isEmpty() || said.isEmpty() || steps.put(operation.get(), said) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new TestCardHabits(text, steps, webhooks));
    }

    /** Empty if one of them cannot be read. */
    private static List<Step> steps(String text) {
        List<Step> steps = new ArrayList<>();
        for (String step : text.split("-then-", -1)) {
            Matcher matcher = STEP.matcher(step);
            if (!matcher.matches()) {
                return List.of();
            }
            List<Step> said = said(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
            if (said.isEmpty()) {
                return List.of();
            }
            steps.addAll(said);
        }
        return steps;
    }

    private static List<Step> said(String word, String argument) {
        boolean counts = argument.matches("\\d{1,2}") && Integer.parseInt(argument) <= MOST_REPETITIONS;
        if (word.equals("flaky")) {
            return counts ? repeated(Kind.FAIL, Integer.parseInt(argument)) : List.of();
        }
        if (word.equals("late") && counts) {
            return repeated(Kind.PROCESSING, Integer.parseInt(argument));
        }
        Optional<Kind> kind = named(Kind.class, word);
        if (kind.isEmpty()) {
            return List.of();
        }
        return switch (kind.get()) {
            case DECLINED ->
                List.of(new Step(Kind.DECLINED, argument.isEmpty() ? "card_declined" : argument, Duration.ZERO));
            case HANG -> argument.isEmpty() ? List.of(new Step(Kind.HANG, "", USUAL_HANG)) : timed(Kind.HANG, argument);
            case SLOW, LATE -> timed(kind.get(), argument);
            case OK, TIMEOUT, LOST, FAIL, ERROR_BUT_DONE, WRONG_AMOUNT, CAPTURED, UNKNOWN_CHARGE, PROCESSING ->
                argument.isEmpty() ? List.of(new Step(kind.get(), "", Duration.ZERO)) : List.of();
        };
    }

    private static List<Step> repeated(Kind kind, int times) {
        List<Step> steps = new ArrayList<>(Collections.nCopies(times, new Step(kind, "", Duration.ZERO)));
        steps.add(Step.OK);
        return steps;
    }

    private static List<Step> timed(Kind kind, String argument) {
        Matcher matcher = TIME.matcher(argument);
        if (!matcher.matches()) {
            return List.of();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration time = matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        return time.compareTo(LONGEST) > 0 ? List.of() : List.of(new Step(kind, "", time));
    }

    private static <E extends Enum<E>> Optional<E> named(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /** What happens when the operation is asked for this time, from 1. */
    Step step(Operation operation, int time) {
        List<Step> said = steps.getOrDefault(operation, List.of(Step.OK));
        return said.get(Math.min(time, said.size()) - 1);
    }
}
