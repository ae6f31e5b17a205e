package org.cartulary.platform.remote;

import java.lang.reflect.Method;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * What a method of a contract declares about its calls.
 *
 * @param repeatable whether it is declared {@link SafeToRepeat}
 * @param length how long it {@link Takes}
 */
public record CallRules(boolean repeatable, CallLength length) {

    private static final String ATTRIBUTE = CallRules.class.getName();

    /** What the method declares; without a declaration it is short and is not repeated. */
    public static CallRules of(Method method) {
        Takes takes = method.getAnnotation(Takes.class);
        return new CallRules(
                method.isAnnotationPresent(SafeToRepeat.class), takes == null ? CallLength.SHORT : takes.value());
    }

    /** Lets the rules travel with the call; given to the factory of the client's proxy. */
    public static HttpRequestValues.Processor processor() {
        return (method, _, _, builder) -> builder.addAttribute(ATTRIBUTE, of(method));
    }

    static CallRules of(HttpRequestValues call) {
        return call.getAttributes().get(ATTRIBUTE) instanceof CallRules rules
                ? rules
                : new CallRules(false, CallLength.SHORT);
    }
}
