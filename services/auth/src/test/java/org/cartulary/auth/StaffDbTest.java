package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.contracts.auth.CreateStaff;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.contracts.auth.StaffMember;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AUT-05")
class StaffDbTest {

    private static final String FIRST_PASSWORD = "another battery, correct horse";
    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);
    private final EmployingStaff employing =
            new EmployingStaff(test.database(), passwords, shop.mailing, shop.persons, shop.clock);
    private final StaffController controller = new StaffController(
            employing,
            shop.persons,
            new Cursors("a secret of 32 bytes or more, told".getBytes(StandardCharsets.UTF_8)));
    private final RequestContext administrator =
            Contexts.staff(shop.tenant, Permissions.OF_A_SHOP.toArray(String[]::new));

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
        passwords = new Passwords();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private Optional<StaffResult> inviting(RequestContext caller, String email, String role) {
        return caller.supply(() -> employing.invite(new EmployingStaff.Invitation(email, "Sam", "Smith", role)));
    }

    private UUID invited(String email, String role) {
        return ((StaffResult.Done) inviting(administrator, email, role).orElseThrow())
                .member()
                .id();
    }

    /** Somebody who was invited and has set a password. */
    private UUID employed(String email, String role) {
        UUID id = invited(email, role);
        assertThat(setPassword(email)).isEqualTo(new ResetPasswordResult.Reset());
        return id;
    }

    private ResetPasswordResult setPassword(String email) {
        String token = shop.tokenMailedTo(email);
        return shop.visitor.supply(() -> shop.resetting.complete(token, FIRST_PASSWORD));
    }

    private StaffView found(UUID id) {
        return Objects.requireNonNull(
                administrator.supply(() -> controller.find(id)).getBody());
    }

    private StaffResult changed(RequestContext caller, UUID id, String role) {
        long version = found(id).version();
        return caller.supply(() -> employing.changeRole(id, version, role));
    }

    private StaffResult ended(RequestContext caller, UUID id) {
        return caller.supply(() -> employing.end(id));
    }

    private RequestContext withPermissionsOf(String role) {
        List<String> permissions = new ArrayList<>(Roles.permissionsOf(role));
        permissions.add(Permissions.STAFF_WRITE);
        return Contexts.integration(shop.tenant, permissions.toArray(String[]::new));
    }

    private static void assertProblem(String code, Runnable work) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(work::run)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void whoIsInvitedSetsAPasswordByMailAndLogsIn() {
        UUID id = invited("sam@example.org", Roles.SUPPORT);
        assertThat(found(id).state()).isEqualTo(StaffView.State.INVITED);
        assertThat(shop.mailsTo("sam@example.org").getLast().text()).contains("three days");
        assertThat(shop.signIn("sam@example.org", FIRST_PASSWORD)).isEqualTo(new SignInResult.WrongCredentials());

        assertThat(setPassword("sam@example.org")).isEqualTo(new ResetPasswordResult.Reset());

        assertThat(((SignInResult.SignedIn) shop.signIn("sam@example.org", FIRST_PASSWORD))
                        .user()
                        .role())
                .isEqualTo(Roles.SUPPORT);
        assertThat(found(id)).satisfies(member -> {
            assertThat(member.state()).isEqualTo(StaffView.State.ACTIVE);
            assertThat(member.email()).isEqualTo("sam@example.org");
            assertThat(member.firstName()).isEqualTo("Sam");
            assertThat(member.lastName()).isEqualTo("Smith");
            assertThat(member.lastLoginAt()).isEqualTo(shop.clock.instant());
            assertThat(member.secondFactor()).isFalse();
        });
        assertThat(shop.count("SELECT count(*) FROM outbox_events WHERE tenant_id = :tenant"))
                .as("no customer was announced")
                .isZero();
    }

    @Test
    void anInvitationIsGoodForThreeDays() {
        invited("late@example.org", Roles.SUPPORT);
        String token = shop.tokenMailedTo("late@example.org");
        shop.clock.advance(Duration.ofDays(3));
        assertThat(shop.visitor.<ResetPasswordResult>supply(() -> shop.resetting.complete(token, FIRST_PASSWORD)))
                .isEqualTo(new ResetPasswordResult.InvalidToken());
        shop.visitor.run(() -> shop.resetting.request("late@example.org"));
        assertThat(setPassword("late@example.org")).as("another mail").isEqualTo(new ResetPasswordResult.Reset());
    }

    @Test
    void anAddressWithAnAccountIsNotInvitedButAPendingRegistrationGivesWay() {
        shop.customer("customer@example.org");
        assertThat(inviting(administrator, "customer@example.org", Roles.SUPPORT))
                .isEmpty();
        invited("twice@example.org", Roles.SUPPORT);
        assertThat(inviting(administrator, "Twice@example.org", Roles.ADMIN)).isEmpty();
        shop.registered("pending@example.org");
        assertThat(inviting(administrator, "pending@example.org", Roles.SUPPORT))
                .isPresent();
        assertProblem(
                "email-taken",
                () -> administrator.run(() -> controller.invite(
                        new StaffController.InvitationRequest("customer@example.org", "Sam", "Smith", Roles.SUPPORT))));
    }

    @Test
    void theListGoesOnPageByPageAndShowsNoCustomers() {
        shop.customer("ann@example.org");
        List<UUID> members = List.of(
                employed("one@example.org", Roles.ADMIN),
                invited("two@example.org", Roles.SUPPORT),
                invited("three@example.org", Roles.SUPPORT));
        Page<StaffView> first = administrator.supply(() -> controller.list(2, null));
        Page<StaffView> second =
                administrator.supply(() -> controller.list(2, first.page().next()));
        assertThat(first.items()).extracting(StaffView::id).containsExactlyElementsOf(members.subList(0, 2));
        assertThat(second.items()).extracting(StaffView::id).containsExactlyElementsOf(members.subList(2, 3));
        assertThat(second.page().next()).isNull();
        assertThat(first.items()).extracting(StaffView::email).containsExactly("one@example.org", "two@example.org");
    }

    @Test
    void whoeverHasFailedToLogInTooOftenIsShownAsLocked() {
        UUID id = employed("locked@example.org", Roles.SUPPORT);
        for (int attempt = 0; attempt < LoginAttemptStore.MAX_ATTEMPTS; attempt++) {
            shop.signIn("locked@example.org", "a wrong password");
        }
        shop.signIn("locked@example.org", "a wrong password");
        assertThat(found(id).state()).isEqualTo(StaffView.State.LOCKED);
        assertThat(found(id).lockedUntil()).isAfter(shop.clock.instant());
    }

    @Test
    void anotherRoleHoldsAtOnceForWhoeverLogsIn() {
        employed("boss@example.org", Roles.ADMIN);
        UUID id = employed("sam@example.org", Roles.SUPPORT);
        assertThat(changed(administrator, id, Roles.ADMIN)).isInstanceOf(StaffResult.Done.class);
        assertThat(((SignInResult.SignedIn) shop.signIn("sam@example.org", FIRST_PASSWORD))
                        .user()
                        .role())
                .isEqualTo(Roles.ADMIN);
    }

    @Test
    void whoHasReadAnOlderVersionChangesNothing() {
        employed("boss@example.org", Roles.ADMIN);
        UUID id = employed("sam@example.org", Roles.SUPPORT);
        long read = found(id).version();
        assertThat(changed(administrator, id, Roles.ADMIN)).isInstanceOf(StaffResult.Done.class);
        assertThat(administrator.<StaffResult>supply(() -> employing.changeRole(id, read, Roles.SUPPORT)))
                .isEqualTo(new StaffResult.Stale());
        assertThat(found(id).role()).isEqualTo(Roles.ADMIN);
    }

    @Test
    void whoseAccountEndsIsLoggedOutAndCannotComeBack() {
        employed("boss@example.org", Roles.ADMIN);
        UUID id = employed("sam@example.org", Roles.SUPPORT);
        SignedInUser session = ((SignInResult.SignedIn) shop.signIn("sam@example.org", FIRST_PASSWORD)).user();
        shop.visitor.run(() -> shop.resetting.request("sam@example.org"));

        assertThat(ended(administrator, id)).isInstanceOf(StaffResult.Done.class);

        assertThat(shop.refresh(session.refreshToken())).isEqualTo(new RefreshResult.Refused());
        assertThat(shop.count("SELECT count(*) FROM user_sessions WHERE tenant_id = :tenant"
                        + " AND revocation_reason = 'ACCOUNT_ENDED'"))
                .isOne();
        assertThat(shop.signIn("sam@example.org", FIRST_PASSWORD)).isEqualTo(new SignInResult.WrongCredentials());
        assertThat(setPassword("sam@example.org")).isEqualTo(new ResetPasswordResult.InvalidToken());
        assertThat(found(id).state()).isEqualTo(StaffView.State.ENDED);
        assertThat(ended(administrator, id)).as("once more").isInstanceOf(StaffResult.Done.class);
        assertThat(shop.count("SELECT count(*) FROM audit_log WHERE tenant_id = :tenant AND action = 'staff.ended'"))
                .isOne();
        assertThat(changed(administrator, id, Roles.ADMIN)).isEqualTo(new StaffResult.Unknown());
        assertThat(inviting(administrator, "sam@example.org", Roles.SUPPORT))
                .as("the address is free again")
                .isPresent();
    }

    /** The first administrator of an installation is asked for at each start. */
    @Test
    void whoseAccountEndedDoesNotComeBackWithTheNextStart() {
        var identities = new AuthEndpoint(
                test.database(),
                new SigningKeys(test.database(), shop.clock, new KeyEncryption(InstallationSecrets.of(Shop.SECRET))),
                new ApiKeys(test.database(), shop.clock),
                passwords,
                shop.persons,
                new EncryptingAnew(test.database(), InstallationSecrets.of(Shop.SECRET)));
        var first = new CreateStaff("first@example.org", Shop.PASSWORD, "Shop", "Administrator", Roles.ADMIN);
        StaffMember member = shop.platform.supply(() -> identities.ensureStaff(first));
        assertThat(member.created()).isTrue();
        employed("next@example.org", Roles.ADMIN);
        assertThat(ended(administrator, member.id())).isInstanceOf(StaffResult.Done.class);

        StaffMember again = shop.platform.supply(() -> identities.ensureStaff(first));

        assertThat(again).isEqualTo(new StaffMember(member.id(), "first@example.org", Roles.ADMIN, false));
        assertThat(shop.signIn("first@example.org", Shop.PASSWORD)).isEqualTo(new SignInResult.WrongCredentials());
    }

    @Test
    void customersAndStrangersAreNoStaff() {
        UUID customer = shop.customer("ann@example.org");
        for (UUID id : List.of(customer, Ids.next())) {
            assertThat(administrator.<StaffResult>supply(() -> employing.changeRole(id, 1, Roles.ADMIN)))
                    .isEqualTo(new StaffResult.Unknown());
            assertThat(ended(administrator, id)).isEqualTo(new StaffResult.Unknown());
            assertProblem("staff-not-found", () -> administrator.run(() -> controller.find(id)));
        }
        UUID boss = employed("boss@example.org", Roles.ADMIN);
        RequestContext elsewhere = Contexts.staff(Contexts.newTenant(), Permissions.OF_A_SHOP.toArray(String[]::new));
        assertThat(ended(elsewhere, boss)).isEqualTo(new StaffResult.Unknown());
    }

    @Test
    void nobodyGivesOrTakesARoleThatMayDoWhatTheyMayNot() {
        employed("boss@example.org", Roles.ADMIN);
        UUID other = employed("other@example.org", Roles.ADMIN);
        UUID helper = employed("helper@example.org", Roles.SUPPORT);
        RequestContext lesser = withPermissionsOf(Roles.SUPPORT);
        var beyond = new StaffResult.BeyondCaller();
        assertThat(inviting(lesser, "new@example.org", Roles.ADMIN)).contains(beyond);
        assertThat(changed(lesser, helper, Roles.ADMIN)).isEqualTo(beyond);
        assertThat(changed(lesser, other, Roles.SUPPORT)).isEqualTo(beyond);
        assertThat(ended(lesser, other)).isEqualTo(beyond);
        assertThat(inviting(lesser, "new@example.org", Roles.SUPPORT)).isPresent();
        assertThat(ended(lesser, helper)).isInstanceOf(StaffResult.Done.class);
        assertThat(Set.of(found(other).role())).containsExactly(Roles.ADMIN);
    }

    @Test
    void theLastAdministratorIsNeitherEndedNorDemoted() {
        UUID last = employed("last@example.org", Roles.ADMIN);
        employed("helper@example.org", Roles.SUPPORT);
        UUID invited = invited("invited@example.org", Roles.ADMIN);
        var refused = new StaffResult.LastAdministrator();
        assertThat(changed(administrator, last, Roles.SUPPORT)).isEqualTo(refused);
        assertThat(ended(administrator, last)).isEqualTo(refused);
        assertProblem("last-administrator", () -> administrator.run(() -> controller.end(last)));
        assertThat(changed(administrator, invited, Roles.SUPPORT))
                .as("who has set no password runs no shop")
                .isInstanceOf(StaffResult.Done.class);
        UUID next = employed("next@example.org", Roles.ADMIN);
        assertThat(ended(administrator, last)).isInstanceOf(StaffResult.Done.class);
        assertThat(ended(administrator, next)).isEqualTo(refused);
    }

    @Test
    void ofAdministratorsWhoAreEndedAtOnceOneStays() throws Exception {
        List<UUID> administrators = List.of(
                employed("one@example.org", Roles.ADMIN),
                employed("two@example.org", Roles.ADMIN),
                employed("three@example.org", Roles.ADMIN),
                employed("four@example.org", Roles.ADMIN));
        var turn = new AtomicInteger();
        List<StaffResult> results = administrator.call(() -> Concurrently.run(
                        administrators.size(), () -> employing.end(administrators.get(turn.getAndIncrement())))
                .valuesOrThrow());
        assertThat(results)
                .containsOnlyOnce(new StaffResult.LastAdministrator())
                .filteredOn(StaffResult.Done.class::isInstance)
                .hasSize(3);
        assertThat(shop.count("SELECT count(*) FROM users WHERE tenant_id = :tenant AND role = 'ADMIN' AND is_active"))
                .isOne();
    }

    /** Deterministic, unlike the one above: the other comes while the first one's end is not committed. */
    @Test
    void thoseWhoTakeAdministratorsFromAShopTakeTurns() throws Exception {
        UUID one = employed("one@example.org", Roles.ADMIN);
        UUID two = employed("two@example.org", Roles.ADMIN);
        StaffStore store = new StaffStore();
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<StaffResult> waiting =
                    administrator.supply(() -> test.database().inTransaction(tx -> {
                        store.lockAdministrators(tx, shop.tenant);
                        assertThat(store.end(tx, shop.tenant, one, Set.of(Roles.ADMIN), shop.clock.instant()))
                                .isTrue();
                        Future<StaffResult> second = other.submit(() -> ended(administrator, two));
                        test.awaitLockWaitOr(second::isDone);
                        return second;
                    }));
            assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(new StaffResult.LastAdministrator());
        }
    }
}
