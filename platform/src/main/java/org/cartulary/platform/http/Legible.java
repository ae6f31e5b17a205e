package org.cartulary.platform.http;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * The text can be read on one line: it has a letter, a digit or another sign that is seen, and neither control characters nor line
 * breaks. {@code null} is valid.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Legible.Validator.class)
public @interface Legible {

    /** What is wrong with other texts. */
    String message() default "must be of one line, with something to be seen and without control characters";

    /** The groups of constraints. */
    Class<?>[] groups() default {};

    /** What goes with the constraint. */
    Class<? extends Payload>[] payload() default {};

    /** Decides. Thread-safe. */
    final class Validator implements ConstraintValidator<Legible, String> {

        /** Letters and symbols by their category, of which nothing is seen: fillers of Hangul, and Braille without dots. */
        private static final String INVISIBLE = "\u115F\u1160\u2800\u3164\uFFA0";

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null || isLegible(text);
        }

        /** Whether the text is such a one. */
        static boolean isLegible(String text) {
            return text.codePoints().noneMatch(Validator::breaksTheLine)
                    && text.codePoints().anyMatch(Validator::isSeen);
        }

        private static boolean breaksTheLine(int character) {
            return switch (Character.getType(character)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
                default -> false;
            };
        }

        private static boolean isSeen(int character) {
            return switch (Character.getType(character)) {
                case Character.UPPERCASE_LETTER,
                        Character.LOWERCASE_LETTER,
                        Character.TITLECASE_LETTER,
                        Character.MODIFIER_LETTER,
                        Character.OTHER_LETTER,
                        Character.DECIMAL_DIGIT_NUMBER,
                        Character.LETTER_NUMBER,
                        Character.OTHER_NUMBER,
                        Character.CONNECTOR_PUNCTUATION,
                        Character.DASH_PUNCTUATION,
                        Character.START_PUNCTUATION,
                        Character.END_PUNCTUATION,
                        Character.INITIAL_QUOTE_PUNCTUATION,
                        Character.FINAL_QUOTE_PUNCTUATION,
                        Character.OTHER_PUNCTUATION,
                        Character.MATH_SYMBOL,
                        Character.CURRENCY_SYMBOL,
                        Character.MODIFIER_SYMBOL,
                        Character.OTHER_SYMBOL -> INVISIBLE.indexOf(character) < 0;
                default -> false;
            };
        }
    }
}
