package org.cartulary.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.customer.FindCustomerGroups;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestSubjectKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PRO-01")
class CustomerGroupsDbTest {

    private static final UUID FIRST = new UUID(0, 0);
    private static final int ROUNDS = 30;

    private static TestDatabase test;

    private final SealingCustomers sealed = new SealingCustomers(TestSubjectKeys.personalData(), ApiJson.strict());
    private final UUID tenant = Contexts.newTenant();
    private final RequestContext staff = Contexts.staff(tenant);
    private final CustomerGroups groups = new CustomerGroups(test.database(), new CustomerGroupStore());
    private final CustomerEndpoint endpoint = new CustomerEndpoint(test.database(), new CustomerStore(), sealed);

    @BeforeAll
    static void open() {
        test = TestDatabase.create("customer");
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private UUID customer(String number) {
        return staff.supply(
                () -> new EnteringCustomers(test.database(), new CustomerEntryStore(), sealed, ApiJson.strict())
                        .enter(List.of(new CustomerEntry(
                                Ids.next(), number, number + "@example.org", "Ann", "Doe", null, "GB", null)))
                        .getFirst()
                        .id());
    }

    private UUID group(String name) {
        return staff.supply(() -> groups.create(name)).id();
    }

    private List<UUID> groupsOf(RequestContext who, UUID customer) {
        return who.supply(() -> endpoint.groups(new FindCustomerGroups(customer)))
                .groupIds();
    }

    private String refused(Runnable work) {
        return catchThrowableOfType(ProblemException.class, () -> staff.run(work))
                .code();
    }

    private void forget(UUID customer) {
        staff.<Integer>supply(
                () -> test.database().inTransaction(tx -> new ErasureStore().forget(tx, tenant, customer)));
    }

    @Test
    void whoIsPutIntoAGroupIsInItOnceUntilTakenOut() {
        UUID ann = customer("ann");
        UUID wholesale = group("Wholesale");
        UUID other = group("Other");

        GroupMember member = staff.supply(() -> groups.add(wholesale, ann));
        assertThat(staff.supply(() -> groups.add(wholesale, ann))).isEqualTo(member);
        staff.run(() -> groups.add(other, ann));

        assertThat(groupsOf(staff, ann)).containsExactly(wholesale, other);
        assertThat(staff.supply(() -> groups.find(wholesale)).members()).isOne();
        assertThat(staff.supply(() -> groups.members(wholesale, FIRST, 10))).containsExactly(member);
        for (int i = 0; i < 2; i++) {
            staff.run(() -> groups.remove(wholesale, ann));
            assertThat(groupsOf(staff, ann)).containsExactly(other);
        }
        staff.run(() -> groups.delete(other));
        assertThat(refused(() -> groups.delete(other))).isEqualTo("customer-group-not-found");
        assertThat(groupsOf(staff, ann)).isEmpty();
        assertThat(audited(wholesale)).containsExactly("customer-group.member-added", "customer-group.member-removed");
        assertThat(audited(other)).containsExactly("customer-group.member-added", "customer-group.deleted");
    }

    /** What was done with the group, each once, however often it was asked for. */
    private List<String> audited(UUID group) {
        return test.database()
                .asWorker(tx -> tx.jdbc()
                        .sql(
                                "SELECT action FROM audit_log WHERE subject_kind = 'customer-group' AND subject_id = :id ORDER BY number")
                        .param("id", group)
                        .query(String.class)
                        .list());
    }

    @Test
    void aNameIsThatOfOneGroupInAnyCase() {
        UUID first = group(" Wholesale ");
        UUID second = group("Retail");

        assertThat(staff.supply(() -> groups.find(first)).name()).isEqualTo("Wholesale");
        assertThat(refused(() -> groups.create("WHOLESALE"))).isEqualTo("customer-group-name-taken");
        assertThat(refused(() -> groups.rename(second, 1, "wholesale"))).isEqualTo("customer-group-name-taken");
        assertThat(staff.supply(() -> groups.rename(first, 1, "wholesale")).version())
                .isEqualTo(2);
        assertThat(refused(() -> groups.rename(first, 1, "Trade"))).isEqualTo("precondition-failed");
        assertThat(staff.supply(() -> groups.list(FIRST, 10)))
                .extracting(CustomerGroupView::name)
                .containsExactly("wholesale", "Retail");
    }

    @Test
    void onlyCustomersAreInGroupsThatThereAre() {
        UUID ann = customer("bob");
        UUID trade = group("Trade");

        assertThat(refused(() -> groups.add(trade, Ids.next()))).isEqualTo("customer-not-found");
        assertThat(refused(() -> groups.add(Ids.next(), ann))).isEqualTo("customer-group-not-found");
        assertThat(refused(() -> groups.remove(Ids.next(), ann))).isEqualTo("customer-group-not-found");
        assertThat(refused(() -> groups.members(Ids.next(), FIRST, 1))).isEqualTo("customer-group-not-found");
        assertThat(groupsOf(staff, Ids.next())).isEmpty();
    }

    @Test
    @Tag("PLT-17")
    void aCustomerIsToldTheirOwnGroupsAndNobodyElses() {
        UUID ann = customer("cat");
        UUID bob = customer("dan");
        UUID trade = group("Trade");
        staff.run(() -> groups.add(trade, ann));

        assertThat(groupsOf(Contexts.customer(tenant, ann), ann)).containsExactly(trade);
        assertThat(groupsOf(Contexts.customer(tenant, bob), ann)).isEmpty();
        assertThat(groupsOf(Contexts.visitor(tenant), ann)).isEmpty();
        assertThat(groupsOf(Contexts.staff(Contexts.newTenant()), ann)).isEmpty();
        assertThat(Contexts.customer(tenant, ann).<List<CustomerGroupView>>supply(() -> groups.list(FIRST, 10)))
                .isEmpty();
        assertThat(Contexts.customer(tenant, ann).<List<GroupMembership>>supply(() -> groups.memberships(ann)))
                .extracting(GroupMembership::name)
                .containsExactly("Trade");
    }

    @Test
    @Tag("PLT-30")
    void whoIsForgottenIsInNoGroupAndIsPutIntoNone() {
        UUID ann = customer("eve");
        UUID trade = group("Trade");
        staff.run(() -> groups.add(trade, ann));

        forget(ann);

        assertThat(groupsOf(staff, ann)).isEmpty();
        assertThat(refused(() -> groups.add(trade, ann))).isEqualTo("customer-not-found");
    }

    @Test
    @Tag("PLT-30")
    @Tag("PLT-05")
    void whoIsForgottenAtTheSameMomentIsPutIntoNoGroup() throws Exception {
        UUID trade = group("Trade");
        for (int round = 0; round < ROUNDS; round++) {
            UUID ann = customer("round-" + round);

            Concurrently.run(2, i -> {
                        if (i == 0) {
                            forget(ann);
                        } else {
                            try {
                                staff.run(() -> groups.add(trade, ann));
                            } catch (ProblemException forgotten) {
                                assertThat(forgotten.code()).isEqualTo("customer-not-found");
                            }
                        }
                        return i;
                    })
                    .valuesOrThrow();

            assertThat(groupsOf(staff, ann)).isEmpty();
        }
    }

    @Test
    void theReconcilerSeesSomebodyForgottenInAGroup() {
        UUID ann = customer("fay");
        UUID trade = group("Trade");
        staff.run(() -> groups.add(trade, ann));
        assertThat(invariant().holds()).isTrue();

        test.admin()
                .sql("UPDATE customers SET deleted_at = now() WHERE id = :id")
                .param("id", ann)
                .update();
        try {
            assertThat(invariant().holds()).isFalse();
        } finally {
            test.admin()
                    .sql("UPDATE customers SET deleted_at = NULL WHERE id = :id")
                    .param("id", ann)
                    .update();
        }
    }

    private InvariantResult invariant() {
        return endpoint.checkInvariants().stream()
                .filter(result -> result.name().equals("nobody-forgotten-is-in-a-group"))
                .findFirst()
                .orElseThrow();
    }
}
