package org.cartulary.contracts.order;

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

/** The text is a code of {@link Countries}. {@code null} is valid. */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CountryCode.Validator.class)
public @interface CountryCode {

    /** Whether it may be said, too, that the country is not known. */
    boolean orUnknown() default false;

    /** What is wrong with other texts. */
    String message() default "must be the code of a country in ISO 3166-1, such as DE";

    /** The groups of constraints. */
    Class<?>[] groups() default {};

    /** What goes with the constraint. */
    Class<? extends Payload>[] payload() default {};

    /** Decides. Thread-safe. */
    final class Validator implements ConstraintValidator<CountryCode, String> {

        private boolean orUnknown;

        @Override
        public void initialize(CountryCode constraint) {
            orUnknown = constraint.orUnknown();
        }

        @Override
        public boolean isValid(@Nullable String code, ConstraintValidatorContext context) {
            return code == null || Countries.isCountry(code) || (orUnknown && Countries.isUnknown(code));
        }
    }
}
