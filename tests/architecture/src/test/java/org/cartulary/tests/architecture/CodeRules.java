package org.cartulary.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.http.UnboundedSql;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * What the code of contracts, platform and services has to keep to.
 *
 * @param root the package that holds {@code contracts}, {@code platform} and a package for each service
 * @param services the names of the services
 */
record CodeRules(String root, Collection<String> services) {

    private static final String SPRING = "org.springframework.";

    /** Names of use cases begin with a verb: ReservingStock, PlacingOrder. */
    private static final Pattern BEGINS_WITH_ING = Pattern.compile("[A-Z][a-z]*ing([A-Z].*)?");

    /** Classes with another part to play, such as ShippingEndpoint and ListingStore. */
    private static final Pattern OTHER_PART =
            Pattern.compile(".*(Configuration|Endpoint|Controller|Handler|Job|Jobs|Store)");

    /** Names in which the word is not what the class does: keys that sign, steps that are wrapped. */
    private static final Set<String> NO_USE_CASES = Set.of("SigningKeys", "ShippingInvariants", "RefusingInvalidCalls");

    private static final Set<String> HIDDEN_WIRING = Set.of(
            "org.springframework.transaction.annotation.Transactional",
            "jakarta.transaction.Transactional",
            "org.springframework.beans.factory.annotation.Autowired",
            "org.springframework.context.annotation.ComponentScan",
            "org.springframework.boot.autoconfigure.SpringBootApplication",
            "org.springframework.stereotype.Component",
            "org.springframework.stereotype.Repository",
            "org.springframework.stereotype.Service",
            "jakarta.inject.Inject",
            "jakarta.annotation.Resource");

    /** A bean method may take a setting as its parameter; a field may not. */
    private static final String SETTING = "org.springframework.beans.factory.annotation.Value";

    private static final Pattern MONEY =
            Pattern.compile(".*(price|amount|total|cost|discount|tax|fee).*", Pattern.CASE_INSENSITIVE);

    private static final Set<String> FLOATING_POINT = Set.of("float", "double", "java.lang.Float", "java.lang.Double");

    private static final Set<RequestMethod> UNSAFE =
            Set.of(RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE);

    private static final Pattern EMPTY_NAME = Pattern.compile(".+(Impl|Manager|Utils?|Helper|Dto|DTO)");

    /**
     * A service knows itself, the contracts and the platform; contracts know the platform; the platform only itself. A site of pages
     * knows, besides, what sites share.
     */
    ArchRule servicesMeetThroughContracts() {
        return classes().should(check("meet other services through contracts only", (javaClass, events) -> {
            Set<String> known = knownTo(partOf(javaClass));
            for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
                String part = partOf(dependency.getTargetClass().getBaseComponentType());
                if (!part.isEmpty() && !known.contains(part)) {
                    events.add(SimpleConditionEvent.violated(javaClass, dependency.getDescription()));
                }
            }
        }));
    }

    private Set<String> knownTo(String part) {
        return switch (part) {
            case "platform" -> Set.of("platform");
            case "contracts" -> Set.of("contracts", "platform");
            case "pages" -> Set.of("pages", "contracts", "platform");
            default ->
                services.contains(part)
                        ? Set.of(part, "contracts", "platform")
                        : Set.of(part, "pages", "contracts", "platform");
        };
    }

    /** The package right under the root; empty for a class outside it. */
    private String partOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        if (!name.startsWith(root + ".")) {
            return "";
        }
        String rest = name.substring(root.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    /** Contracts are HTTP interfaces and records, and know no more of Spring. */
    ArchRule contractsKnowTheHttpAnnotationsOnly() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".contracts..")
                .should()
                .dependOnClassesThat(springOtherThan("web.service.annotation", "web.bind.annotation"));
    }

    /** Only its configuration is seen of a service; package-private is the second wall. */
    ArchRule onlyConfigurationsArePublic() {
        return classes()
                .that(areOfAService())
                .should(check("be package-private unless they are the configuration", (javaClass, events) -> {
                    String part = partOf(javaClass);
                    String configuration =
                            part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1) + "Configuration";
                    if (isSeenOutside(javaClass) && !javaClass.getSimpleName().equals(configuration)) {
                        events.add(SimpleConditionEvent.violated(javaClass, javaClass.getName() + " is public"));
                    }
                }));
    }

    private static boolean isSeenOutside(JavaClass javaClass) {
        return javaClass.getModifiers().contains(JavaModifier.PUBLIC)
                && javaClass.getEnclosingClass().map(CodeRules::isSeenOutside).orElse(true);
    }

    /** Use cases are plain Java, which may catch what a statement failed with after its transaction was rolled back. */
    ArchRule useCasesKnowNoSpring() {
        return noClasses()
                .that(areOfAService())
                .and(describe("are use cases", CodeRules::isUseCase))
                .should()
                .dependOnClassesThat(springOtherThan("dao"));
    }

    private static boolean isUseCase(JavaClass javaClass) {
        JavaClass topLevel = javaClass;
        while (topLevel.getEnclosingClass().isPresent()) {
            topLevel = topLevel.getEnclosingClass().get();
        }
        String name = topLevel.getSimpleName();
        return BEGINS_WITH_ING.matcher(name).matches()
                && !OTHER_PART.matcher(name).matches()
                && !NO_USE_CASES.contains(name);
    }

    /** SQL is run through spring-jdbc, whose exceptions are in {@code dao}; a store knows nothing of the web or of beans. */
    ArchRule storesKnowSpringJdbcOnly() {
        return noClasses()
                .that(areOfAService())
                .and()
                .haveSimpleNameEndingWith("Store")
                .should()
                .dependOnClassesThat(springOtherThan("jdbc", "dao"));
    }

    /** Wiring and transactions are explicit. */
    ArchRule nothingIsWiredByAnnotation() {
        return noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "wire or open transactions by annotation", target -> HIDDEN_WIRING.contains(target.getName())));
    }

    /** What a class needs comes through its constructor. */
    ArchRule noFieldIsInjected() {
        return noFields()
                .should()
                .beAnnotatedWith(describe(
                        "an annotation that injects",
                        annotation ->
                                HIDDEN_WIRING.contains(annotation.getRawType().getName())
                                        || annotation.getRawType().getName().equals(SETTING)));
    }

    /** A library logs; only the command line prints. */
    ArchRule nothingIsPrinted() {
        return noClasses().should(ACCESS_STANDARD_STREAMS);
    }

    /** No sum is right in binary fractions. */
    ArchRule moneyIsNeverFloatingPoint() {
        return fields().that(describe(
                        "are named like money",
                        (JavaField field) -> MONEY.matcher(field.getName()).matches()))
                .should()
                .notHaveRawType(describe("a floating-point type", type -> FLOATING_POINT.contains(type.getName())))
                .allowEmptyShould(true);
    }

    /** A name says what a class does. */
    ArchRule namesSaySomething() {
        return classes().should(check("be named after what they do", (javaClass, events) -> {
            if (EMPTY_NAME.matcher(javaClass.getSimpleName()).matches()) {
                events.add(SimpleConditionEvent.violated(javaClass, javaClass.getName() + " says nothing"));
            }
        }));
    }

    /** What a caller may have to repeat takes a key, or says why it needs none. */
    ArchRule unsafeCallsAreIdempotent() {
        return methods().should(new ArchCondition<>("take an Idempotency-Key or be declared @IdempotentByNature") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (isUnsafeCall(method)
                        && !method.isAnnotatedWith(IdempotentByNature.class)
                        && !takesIdempotencyKey(method)) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " can take effect twice"));
                }
            }
        });
    }

    /** Events and calls between services have ways of their own to be done once. */
    private static boolean isUnsafeCall(JavaMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.reflect(), RequestMapping.class);
        return mapping != null
                && !method.getOwner().getSimpleName().endsWith("Endpoint")
                && (mapping.method().length == 0 || Stream.of(mapping.method()).anyMatch(UNSAFE::contains));
    }

    private static boolean takesIdempotencyKey(JavaMethod method) {
        return Stream.of(method.reflect().getParameters())
                .map(parameter -> AnnotatedElementUtils.findMergedAnnotation(parameter, RequestHeader.class))
                .anyMatch(header -> header != null && header.name().equals("Idempotency-Key"));
    }

    /** Each public operation says what it costs, so that one whose cost grows with its input is noticed. */
    ArchRule publicCallsHaveSqlBudgets() {
        return methods().should(new ArchCondition<>("declare their @SqlBudget or be declared @UnboundedSql") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (isPublicCall(method)
                        && !method.isAnnotatedWith(SqlBudget.class)
                        && !method.isAnnotatedWith(UnboundedSql.class)) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " has no budget of SQL"));
                }
            }
        });
    }

    /** What staff and vendors can change is written down in the audit log, or says why it need not be. */
    ArchRule criticalOperationsAreAudited() {
        return methods().should(new ArchCondition<>("declare that they are @Audited, or @NotCritical") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (isUnsafeCall(method)
                        && isOfStaffOrVendors(method)
                        && method.isAnnotatedWith(Audited.class) == method.isAnnotatedWith(NotCritical.class)) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " says not whether it is written down"));
                }
            }
        });
    }

    private static boolean isOfStaffOrVendors(JavaMethod method) {
        return routes(method.reflect())
                .anyMatch(route -> routes(method.getOwner().reflect())
                        .map(prefix -> prefix + "/" + route)
                        .map(path -> path.replaceAll("/+", "/"))
                        .anyMatch(path -> path.startsWith("/api/v1/admin/") || path.startsWith("/api/v1/vendor/")));
    }

    /** Nobody reads what is told of people without being written down. */
    ArchRule readsOfPersonalDataAreDeclared() {
        return methods().should(new ArchCondition<>("declare that they disclose personal data where they do") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (isPublicCall(method)) {
                    PersonalDataOfAnswers.faultsOf(method.reflect())
                            .forEach(fault -> events.add(
                                    SimpleConditionEvent.violated(method, method.getFullName() + " " + fault)));
                }
            }
        });
    }

    /** What is mapped, by itself or by a contract, elsewhere than below {@code /internal/}, where only services call. */
    private static boolean isPublicCall(JavaMethod method) {
        if (!method.getOwner().isMetaAnnotatedWith(Controller.class)) {
            return false;
        }
        Method reflected = method.reflect();
        return routes(reflected)
                .anyMatch(route -> routes(method.getOwner().reflect())
                        .map(prefix -> prefix + "/" + route)
                        .noneMatch(path -> path.replaceAll("/+", "/").startsWith("/internal/")));
    }

    /** The paths that an element is mapped to, none if it is not mapped. */
    private static Stream<String> routes(AnnotatedElement element) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class);
        HttpExchange exchange = AnnotatedElementUtils.findMergedAnnotation(element, HttpExchange.class);
        if (mapping != null) {
            return mapping.path().length == 0 ? Stream.of("") : Stream.of(mapping.path());
        }
        return exchange != null || element instanceof Class
                ? Stream.of(exchange == null ? "" : exchange.value())
                : Stream.empty();
    }

    private DescribedPredicate<JavaClass> areOfAService() {
        return describe("are of a service", javaClass -> services.contains(partOf(javaClass)));
    }

    private static DescribedPredicate<JavaClass> springOtherThan(String... allowed) {
        return describe("are of Spring other than " + String.join(", ", allowed), javaClass -> {
            String name = javaClass.getBaseComponentType().getName();
            if (!name.startsWith(SPRING)) {
                return false;
            }
            for (String prefix : allowed) {
                if (name.startsWith(SPRING + prefix + ".")) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Looks at one class. */
    private interface Check {
        void run(JavaClass javaClass, ConditionEvents events);
    }

    private static ArchCondition<JavaClass> check(String description, Check check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                check.run(javaClass, events);
            }
        };
    }
}
