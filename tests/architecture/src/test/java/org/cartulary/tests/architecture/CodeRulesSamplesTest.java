package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each of the {@link CodeRules} reports the class that was written to break it, and no other. */
class CodeRulesSamplesTest {

    private static final String ROOT = "org.cartulary.tests.architecture.samples";
    private static final CodeRules RULES = new CodeRules(ROOT, List.of("order", "inventory"));
    private static JavaClasses samples;

    @BeforeAll
    static void readTheSamples() {
        samples = new ClassFileImporter().importPackages(ROOT);
    }

    @Test
    void anotherServicesClassIsReported() {
        requireReported(RULES.servicesMeetThroughContracts(), "LooksIntoInventory");
    }

    @Test
    void springInAContractIsReported() {
        requireReported(RULES.contractsKnowTheHttpAnnotationsOnly(), "ClumsyApi");
    }

    @Test
    void aPublicClassIsReported() {
        requireReported(RULES.onlyConfigurationsArePublic(), "InventoryConfiguration$Shown", "ShownToAll");
    }

    @Test
    void springInAUseCaseIsReported() {
        requireReported(RULES.useCasesKnowNoSpring(), "PackingParcels");
    }

    @Test
    void theWebInAStoreIsReported() {
        requireReported(RULES.storesKnowSpringJdbcOnly(), "ChattyStore");
    }

    @Test
    void annotationsThatWireAreReported() {
        requireReported(RULES.nothingIsWiredByAnnotation(), "ScansForBeans", "WiredByAnnotation");
    }

    @Test
    void anInjectedFieldIsReported() {
        requireReported(RULES.noFieldIsInjected(), "WiredByAnnotation");
    }

    @Test
    void printingIsReported() {
        requireReported(RULES.nothingIsPrinted(), "Prints");
    }

    @Test
    void floatingPointMoneyIsReported() {
        requireReported(RULES.moneyIsNeverFloatingPoint(), "RoundedPrice");
    }

    @Test
    void anEmptyNameIsReported() {
        requireReported(RULES.namesSaySomething(), "StockManager");
    }

    @Test
    void anUnsafeCallThatTakesNoKeyIsReported() {
        requireReported(RULES.unsafeCallsAreIdempotent(), "ForgetfulController.order", "ForgetfulController.cancel");
    }

    @Test
    void aPublicCallWithoutABudgetOfSqlIsReported() {
        requireReported(
                RULES.publicCallsHaveSqlBudgets(),
                "SpendingController.read",
                "SpendingController.anything",
                "MisplacedEndpoint.answer");
    }

    @Test
    void aChangeByStaffThatSaysNotWhetherItIsAuditedIsReported() {
        requireReported(
                RULES.criticalOperationsAreAudited(),
                "UnauditedController.undeclared",
                "UnauditedController.undecided",
                "UnauditedVendorController.undeclared");
    }

    @Test
    void anAnswerWithUndeclaredPersonalDataIsReported() {
        requireReported(
                RULES.readsOfPersonalDataAreDeclared(),
                "TalkativeController.undeclared",
                "TalkativeController.ofNobody",
                "TalkativeController.byItsName",
                "TalkativeController.anything",
                "TalkativeController.archive",
                "TalkativeController.stream",
                "TalkativeController.text");
    }

    private static void requireReported(ArchRule rule, String... classes) {
        List<String> details = rule.evaluate(samples).getFailureReport().getDetails();

        assertThat(classes).allSatisfy(name -> assertThat(details).anyMatch(detail -> detail.contains(name)));
        assertThat(details).allSatisfy(detail -> assertThat(detail).containsAnyOf(classes));
    }
}
