package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code of contracts, platform and services keeps to the {@link CodeRules}. */
class CodeRulesTest {

    private static final String ROOT = "org.cartulary";
    private static final CodeRules RULES = new CodeRules(ROOT, Repository.services());
    private static JavaClasses code;

    @BeforeAll
    static void readTheCode() {
        List<String> packages = Stream.concat(
                        Stream.of("contracts", "platform", "pages", "storefront", "admin"),
                        Repository.services().stream())
                .map(part -> ROOT + "." + part)
                .toList();
        // The helpers of tests share a package with the platform.
        code = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/platform/testing/"))
                .importPackages(packages);
    }

    static List<String> services() {
        return Repository.services();
    }

    @ParameterizedTest
    @MethodSource("services")
    void eachServiceShowsItsConfiguration(String service) {
        String expected = ROOT + "." + service + "." + service.substring(0, 1).toUpperCase(Locale.ROOT)
                + service.substring(1) + "Configuration";

        assertThat(code.stream()
                        .filter(javaClass -> javaClass.getPackageName().startsWith(ROOT + "." + service))
                        .filter(javaClass -> javaClass.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName))
                .contains(expected);
    }

    @Test
    @Tag("PLT-01")
    void servicesMeetThroughContractsOnly() {
        requireKept(RULES.servicesMeetThroughContracts());
    }

    @Test
    void contractsKnowOnlyTheHttpAnnotationsOfSpring() {
        requireKept(RULES.contractsKnowTheHttpAnnotationsOnly());
    }

    @Test
    @Tag("PLT-01")
    void onlyTheConfigurationOfAServiceIsPublic() {
        requireKept(RULES.onlyConfigurationsArePublic());
    }

    @Test
    void useCasesKnowNoSpring() {
        requireKept(RULES.useCasesKnowNoSpring());
    }

    @Test
    void storesKnowOnlySpringJdbc() {
        requireKept(RULES.storesKnowSpringJdbcOnly());
    }

    @Test
    void nothingIsWiredByAnnotation() {
        requireKept(RULES.nothingIsWiredByAnnotation());
    }

    @Test
    void noFieldIsInjected() {
        requireKept(RULES.noFieldIsInjected());
    }

    @Test
    void nothingIsPrinted() {
        requireKept(RULES.nothingIsPrinted());
    }

    @Test
    void moneyIsNeverFloatingPoint() {
        requireKept(RULES.moneyIsNeverFloatingPoint());
    }

    @Test
    void namesSaySomething() {
        requireKept(RULES.namesSaySomething());
    }

    @Test
    @Tag("PLT-13")
    void everyUnsafePublicCallIsIdempotent() {
        requireKept(RULES.unsafeCallsAreIdempotent());
    }

    @Test
    @Tag("PLT-16")
    void everyPublicCallDeclaresItsBudgetOfSql() {
        requireKept(RULES.publicCallsHaveSqlBudgets());
    }

    @Test
    @Tag("PLT-29")
    void everyPublicCallThatDisclosesPersonalDataIsWrittenDown() {
        requireKept(RULES.readsOfPersonalDataAreDeclared());
    }

    @Test
    @Tag("PLT-29")
    void everyChangeByStaffIsAuditedOrSaysWhyNot() {
        requireKept(RULES.criticalOperationsAreAudited());
    }

    private static void requireKept(ArchRule rule) {
        assertThat(rule.evaluate(code).getFailureReport().getDetails()).isEmpty();
    }
}
