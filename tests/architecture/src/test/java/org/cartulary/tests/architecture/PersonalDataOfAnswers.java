package org.cartulary.tests.architecture;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.AnswersItsSender;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.audit.NotPersonal;
import org.cartulary.platform.audit.Personal;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.JsonNode;

/** What the answer of one endpoint tells of people, and what is missing so that nobody reads it without being written down. */
final class PersonalDataOfAnswers {

    /** Components of such names tell something of a person, as a rule. */
    private static final Pattern PERSONAL_NAME = Pattern.compile(
            "(?i).*(e?mail|phone|firstName|lastName|fullName|birth|gender|address|postal|street).*|city|notes?");

    private final List<String> faults = new ArrayList<>();
    private final Set<Type> seen = new HashSet<>();
    private boolean tellsOfPeople;

    private PersonalDataOfAnswers() {}

    /** What is wrong with the endpoint, in words. */
    static List<String> faultsOf(Method endpoint) {
        PersonalDataOfAnswers answers = new PersonalDataOfAnswers();
        answers.look(endpoint.getGenericReturnType(), false);
        if (isOpaque(endpoint.getGenericReturnType()) && !saysWhatItAnswers(endpoint)) {
            answers.faults.add(
                    "answers with something that nobody can look into, and declares neither @DisclosesPersonalData,"
                            + " @AnswersItsSender nor @NotPersonal");
        }
        if (answers.tellsOfPeople && !declares(endpoint)) {
            answers.faults.add(
                    "answers with personal data and declares neither @DisclosesPersonalData nor @AnswersItsSender");
        }
        return answers.faults;
    }

    private static boolean declares(Method endpoint) {
        return endpoint.isAnnotationPresent(DisclosesPersonalData.class)
                || endpoint.isAnnotationPresent(AnswersItsSender.class);
    }

    private static boolean saysWhatItAnswers(Method endpoint) {
        return declares(endpoint) || endpoint.isAnnotationPresent(NotPersonal.class);
    }

    /** Files, texts and streams can tell everything, and what they tell is seen by no look at types. */
    private static boolean isOpaque(Type type) {
        return switch (type) {
            case ParameterizedType generic ->
                isOpaque(generic.getRawType())
                        || Stream.of(generic.getActualTypeArguments()).anyMatch(PersonalDataOfAnswers::isOpaque);
            case WildcardType wildcard ->
                Stream.of(wildcard.getUpperBounds()).anyMatch(PersonalDataOfAnswers::isOpaque);
            case Class<?> plain ->
                plain == byte[].class
                        || plain == Object.class
                        || CharSequence.class.isAssignableFrom(plain)
                        || JsonNode.class.isAssignableFrom(plain)
                        || InputStream.class.isAssignableFrom(plain)
                        || Resource.class.isAssignableFrom(plain)
                        || StreamingResponseBody.class.isAssignableFrom(plain)
                        || ResponseBodyEmitter.class.isAssignableFrom(plain);
            default -> false;
        };
    }

    /** @param ofSomebody whether a record around it says whose data it is */
    private void look(Type type, boolean ofSomebody) {
        if (type instanceof ParameterizedType generic) {
            look(generic.getRawType(), ofSomebody);
            for (Type argument : generic.getActualTypeArguments()) {
                look(argument, ofSomebody);
            }
        } else if (type instanceof Class<?> plain && plain.getName().startsWith("org.cartulary.") && seen.add(type)) {
            lookInto(plain, ofSomebody);
        }
    }

    private void lookInto(Class<?> plain, boolean ofSomebody) {
        if (plain.isSealed()) {
            for (Class<?> kind : plain.getPermittedSubclasses()) {
                look(kind, ofSomebody);
            }
        }
        if (plain.isRecord()) {
            boolean nowOfSomebody = ofSomebody || AboutPerson.class.isAssignableFrom(plain);
            for (RecordComponent component : plain.getRecordComponents()) {
                look(component, nowOfSomebody);
            }
        }
    }

    private void look(RecordComponent component, boolean ofSomebody) {
        String name = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        if (component.isAnnotationPresent(Personal.class)) {
            tellsOfPeople = true;
            if (!ofSomebody) {
                faults.add("answers with " + name + " in no record that is AboutPerson");
            }
        } else if (!component.isAnnotationPresent(NotPersonal.class)) {
            if (looksPersonal(component)) {
                faults.add("answers with " + name + ", which is neither @Personal nor @NotPersonal");
            }
            if (canHoldAnything(component.getGenericType())) {
                faults.add(
                        "answers with " + name + ", which can hold anything and is neither @Personal nor @NotPersonal");
            }
            look(component.getGenericType(), ofSomebody);
        }
    }

    private static boolean looksPersonal(RecordComponent component) {
        return (component.getType() == String.class || component.getType() == LocalDate.class)
                && PERSONAL_NAME.matcher(component.getName()).matches();
    }

    private static boolean canHoldAnything(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                if (canHoldAnything(argument)) {
                    return true;
                }
            }
            return false;
        }
        return type == Object.class || (type instanceof Class<?> plain && JsonNode.class.isAssignableFrom(plain));
    }
}
