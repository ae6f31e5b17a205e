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
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text is an address to which browsers may be led: absolute, over http or https, with a host and without a user. What runs in
 * a browser ({@code javascript:}, {@code data:}) or lies on its machine is none, nor is what only looks like an address. {@code null} is
 * valid.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = WebAddress.Validator.class)
public @interface WebAddress {

    /** Which paths of the platform itself are valid too, as a regular expression; none where it is not said. */
    String orPath() default "";

    /** What is wrong with other texts. */
    String message() default "must be an absolute address over http or https, with a host and without a user";

    /** The groups of constraints. */
    Class<?>[] groups() default {};

    /** What goes with the constraint. */
    Class<? extends Payload>[] payload() default {};

    /** Decides. Thread-safe. */
    final class Validator implements ConstraintValidator<WebAddress, String> {

        private static final Pattern NOWHERE = Pattern.compile("(?!)");

        /** Names with underscores are no hosts to {@link URI}, and buckets of pictures have some. */
        private static final Pattern HOST_WITH_UNDERSCORE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9]{1,5})?");

        private Pattern path = NOWHERE;

        @Override
        public void initialize(WebAddress constraint) {
            path = constraint.orPath().isEmpty() ? NOWHERE : Pattern.compile(constraint.orPath());
        }

        @Override
        public boolean isValid(@Nullable String address, ConstraintValidatorContext context) {
            return address == null || path.matcher(address).matches() || isAbsolute(address);
        }

        /** Whether the text is such an address, of whatever host. */
        static boolean isAbsolute(String address) {
            try {
                URI uri = new URI(address);
                return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                        && uri.getRawUserInfo() == null
                        && hasHost(uri);
            } catch (URISyntaxException _) {
                return false;
            }
        }

        private static boolean hasHost(URI uri) {
            String authority = uri.getRawAuthority();
            return uri.getHost() != null
                    || (authority != null
                            && HOST_WITH_UNDERSCORE.matcher(authority).matches());
        }
    }
}
