package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whose accounts the database shows to whom, whatever is asked. */
@Tag("PLT-18")
class AccountsApartDbTest {

    private static final List<String> TABLES =
            List.of("users", "user_sessions", "refresh_tokens", "password_resets", "outgoing_mails");

    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
        passwords = new Passwords();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private UUID registered(String email) {
        UUID userId = shop.customer(email);
        shop.signedIn(email);
        shop.visitor.run(() -> shop.resetting.request(email));
        return userId;
    }

    private RequestContext of(Principal.Kind kind, UUID id) {
        return new RequestContext(shop.tenant, new Principal(kind, id, Set.of()), TraceIds.next());
    }

    private long seen(RequestContext caller, String table) {
        return caller.supply(() -> test.database()
                .inReadTransaction(tx -> tx.jdbc()
                        .sql("SELECT count(*) FROM " + table)
                        .query(Long.class)
                        .single()));
    }

    @Test
    void whoeverHasAnAccountSeesTheirOwn() {
        UUID ann = registered("ann@example.org");
        registered("bea@example.org");
        for (String table : TABLES) {
            long all = seen(shop.platform, table);
            for (Principal.Kind kind : List.of(Principal.Kind.CUSTOMER, Principal.Kind.VENDOR)) {
                assertThat(seen(of(kind, ann), table))
                        .as("%s as %s", table, kind)
                        .isEqualTo(all / 2)
                        .isPositive();
                assertThat(seen(of(kind, Ids.next()), table))
                        .as("%s as another %s", table, kind)
                        .isZero();
            }
            assertThat(seen(Contexts.staff(shop.tenant), table)).as(table).isEqualTo(all);
        }
    }

    @Test
    void whatVerifiesAnAddressIsItsHolders() {
        UUID pending = shop.registered("cat@example.org");
        assertThat(seen(shop.as(pending), "email_verifications")).isOne();
        for (RequestContext stranger :
                List.of(shop.visitor, shop.as(Ids.next()), Contexts.guest(shop.tenant, pending))) {
            assertThat(seen(stranger, "email_verifications")).isZero();
        }
    }

    @Test
    void visitorsSeeNoAccountAndYetLogInAndOut() {
        UUID ann = registered("ann@example.org");
        for (String table : TABLES) {
            assertThat(seen(shop.visitor, table)).as(table).isZero();
            assertThat(seen(Contexts.guest(shop.tenant, ann), table)).as(table).isZero();
        }
        assertThat(shop.refreshed(shop.signedIn("ann@example.org").refreshToken())
                        .userId())
                .isEqualTo(ann);
    }

    /** Somebody who is logged in may log in again, also as somebody else. */
    @Test
    void whoIsLoggedInLogsInAsSomebodyElse() {
        UUID ann = registered("ann@example.org");
        UUID bea = registered("bea@example.org");
        SignInResult result = shop.as(ann)
                .supply(() -> shop.signingIn.signIn(new LogIn("bea@example.org", Shop.PASSWORD, null, null)));
        assertThat(((SignInResult.SignedIn) result).user().userId()).isEqualTo(bea);
    }
}
