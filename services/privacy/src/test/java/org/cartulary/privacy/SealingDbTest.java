package org.cartulary.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.privacy.DestroySubjectKeys;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Place;
import org.cartulary.platform.privacy.SealingKey;
import org.cartulary.platform.privacy.Subject;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-28")
class SealingDbTest {

    private static final Place PLACE = new Place("customer.customers.person_sealed");
    private static final MasterKey MASTER = MasterKey.ofSecret("a secret that is at least 32 characters long");
    private static TestDatabase test;
    private static KeepingSubjectKeys keys;

    private final UUID tenant = Contexts.newTenant();
    private final RequestContext shop = Contexts.system(tenant);
    private final PersonalData here = personalData();

    @BeforeAll
    static void open() {
        test = TestDatabase.create("privacy");
        keys = new KeepingSubjectKeys(test.database(), MASTER);
    }

    @AfterAll
    static void close() {
        test.close();
    }

    /** As another process has it: with a memory of its own. */
    private PersonalData personalData() {
        return new PersonalData(MASTER, () -> new SubjectKeysEndpoint(test.database(), MASTER, here()));
    }

    private PersonalData here() {
        return here;
    }

    private String seal(Subject subject, UUID row, String text) {
        return shop.supply(() -> here.seal(here.keyOf(subject), PLACE, row, text));
    }

    private void destroy(Subject subject) {
        shop.supply(() -> keys.destroy(new DestroySubjectKeys(List.of(subject), null, "STAFF:1", "asked-for")));
    }

    @Test
    void whatWasSealedOpensInAnotherProcess() {
        UUID row = Ids.next();
        String sealed = seal(Subject.account(Ids.next()), row, "ada@example.org");

        assertThat(sealed).matches("s1\\.[A-Za-z0-9_-]+").doesNotContain("ada");
        assertThat(shop.supply(() -> personalData().open(PLACE, row, sealed))).contains("ada@example.org");
        assertThat(seal(Subject.account(Ids.next()), row, "ada@example.org")).isNotEqualTo(sealed);
    }

    @Test
    void whatIsMovedToAnotherRowOrPlaceDoesNotOpen() {
        UUID row = Ids.next();
        String sealed = seal(Subject.account(Ids.next()), row, "ada@example.org");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> shop.supply(() -> here.open(PLACE, Ids.next(), sealed)))
                .withMessageContaining("does not open");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> shop.supply(() -> here.open(new Place("customer.customers.notes"), row, sealed)))
                .withMessageContaining("does not open");
    }

    @Test
    void anotherTenantsKeyIsNotThere() {
        UUID row = Ids.next();
        String sealed = seal(Subject.account(Ids.next()), row, "ada@example.org");

        assertThat(Contexts.system(Contexts.newTenant()).supply(() -> here.open(PLACE, row, sealed)))
                .isEmpty();
    }

    @Test
    void aKeyThatWasPutIntoAnotherShopDoesNotUnwrap() {
        UUID row = Ids.next();
        String sealed = seal(Subject.account(Ids.next()), row, "ada@example.org");
        UUID thief = Contexts.newTenant();
        test.admin()
                .sql("INSERT INTO tenant_keys (tenant_id, version, wrapped_key)"
                        + " SELECT :thief, version, wrapped_key FROM tenant_keys WHERE tenant_id = :tenant")
                .param("thief", thief)
                .param("tenant", tenant)
                .update();
        test.admin()
                .sql("INSERT INTO subject_keys (tenant_id, id, subject_id, kind, tenant_key_version, wrapped_key)"
                        + " SELECT :thief, id, subject_id, kind, tenant_key_version, wrapped_key FROM subject_keys"
                        + " WHERE tenant_id = :tenant")
                .param("thief", thief)
                .param("tenant", tenant)
                .update();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(
                        () -> Contexts.system(thief).supply(() -> personalData().open(PLACE, row, sealed)))
                .withMessageContaining("cannot be unwrapped");
    }

    @Test
    @Tag("PLT-30")
    void whatWasSealedByADestroyedKeyIsGone() {
        UUID row = Ids.next();
        Subject subject = Subject.account(Ids.next());
        String sealed = seal(subject, row, "ada@example.org");

        destroy(subject);

        assertThat(shop.supply(() -> personalData().open(PLACE, row, sealed))).isEmpty();
        assertThat(test.admin()
                        .sql("SELECT count(*) FROM subject_keys WHERE subject_id = :id AND wrapped_key IS NULL"
                                + " AND destroyed_by = 'STAFF:1' AND destruction_reason = 'asked-for'")
                        .param("id", subject.id())
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    @Tag("PLT-30")
    void anErasedAccountGetsNoOtherKeyAndAGuestDoes() {
        Subject account = Subject.account(Ids.next());
        Subject neverSealed = Subject.account(Ids.next());
        Subject guest = shop.supply(() -> here.guest("ada@example.org"));
        seal(account, Ids.next(), "ada");
        UUID row = Ids.next();
        String old = seal(guest, row, "ada");

        destroy(account);
        destroy(neverSealed);
        destroy(guest);

        PersonalData elsewhere = personalData();
        for (Subject erased : List.of(account, neverSealed)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> shop.supply(() -> elsewhere.keyOf(erased)))
                    .matches(problem -> problem.code().equals("person-erased"));
        }
        SealingKey fresh = shop.supply(() -> elsewhere.keyOf(guest));
        String anew = shop.supply(() -> elsewhere.seal(fresh, PLACE, row, "ada again"));
        assertThat(shop.supply(() -> elsewhere.open(PLACE, row, anew))).contains("ada again");
        assertThat(shop.supply(() -> elsewhere.open(PLACE, row, old))).isEmpty();
    }

    @Test
    void aKeyThatManyAskForAtOnceIsMadeOnce() throws InterruptedException {
        Subject subject = shop.supply(() -> here.guest("many@example.org"));
        List<UUID> ids = Concurrently.run(
                        12,
                        () -> shop.supply(() -> personalData().keyOf(subject).id()))
                .valuesOrThrow();

        assertThat(ids).hasSize(12);
        assertThat(ids.stream().distinct()).hasSize(1);
    }

    @Test
    void aGuestGetsAKeyByTheStatementThatLooksForIt() {
        seal(shop.supply(() -> here.guest("first@example.org")), Ids.next(), "the shop's key is known now");
        UUID row = Ids.next();
        Subject guest = shop.supply(() -> here.guest("second@example.org"));

        String sealed = seal(guest, row, "second");

        assertThat(shop.supply(() -> personalData().open(PLACE, row, sealed))).contains("second");
        assertThat(shop.supply(() -> personalData().keyOf(guest).id()))
                .isEqualTo(shop.supply(() -> here.keyOf(guest).id()));
    }

    @Test
    void aPersonHasOneLiveKey() {
        Subject subject = Subject.account(Ids.next());
        seal(subject, Ids.next(), "ada");

        assertThatExceptionOfType(org.springframework.dao.DuplicateKeyException.class)
                .isThrownBy(() -> test.admin()
                        .sql(
                                "INSERT INTO subject_keys (tenant_id, id, subject_id, kind, tenant_key_version, wrapped_key)"
                                        + " SELECT tenant_id, :id, subject_id, kind, tenant_key_version, wrapped_key"
                                        + " FROM subject_keys WHERE subject_id = :subject")
                        .param("id", Ids.next())
                        .param("subject", subject.id())
                        .update())
                .withMessageContaining("uq_subject_keys_live");
    }

    @Test
    void guestsAndIndexesAreThoseOfTheNormalisedAddressInTheShop() {
        RequestContext other = Contexts.system(Contexts.newTenant());

        assertThat(shop.supply(() -> here.guest(" Ada@Example.ORG ")))
                .isEqualTo(shop.supply(() -> here.guest("ada@example.org")))
                .isNotEqualTo(other.supply(() -> here.guest("ada@example.org")));
        assertThat(shop.supply(() -> here.emailIndex(" Ada@Example.ORG ")))
                .matches("[0-9a-f]{64}")
                .isEqualTo(shop.supply(() -> here.emailIndex("ada@example.org")))
                .isNotEqualTo(other.supply(() -> here.emailIndex("ada@example.org")));
    }

    @Test
    void nothingIsOpenedOrAskedForWithinATransaction() {
        UUID row = Ids.next();
        String sealed = seal(Subject.account(Ids.next()), row, "ada");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() ->
                        shop.supply(() -> test.database().inReadTransaction(tx -> here.open(PLACE, row, sealed))))
                .withMessageContaining("the opening of a sealed value");
    }

    @Test
    void theInvariantsHold() {
        seal(Subject.account(Ids.next()), Ids.next(), "ada");

        assertThat(new PrivacyInvariants(test.database(), MASTER.secrets()).check())
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(InvariantResult::holds);
    }
}
