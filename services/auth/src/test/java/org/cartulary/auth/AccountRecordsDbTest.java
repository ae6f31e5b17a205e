package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.cartulary.contracts.auth.FindAccount;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-30")
class AccountRecordsDbTest {

    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);
    private final AccountRecordsEndpoint records =
            new AccountRecordsEndpoint(test.database(), shop.persons, ApiJson.strict());

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
        passwords = new Passwords();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private ErasedRecords erase(UUID userId) {
        return shop.platform.supply(() -> records.erase(new Person(userId, null)));
    }

    @Test
    void whoeverIsForgottenCanNotLogInAndAllTheirSessionsEnd() {
        UUID userId = shop.customer("leaving@example.org");
        SignedInUser session = shop.signedIn("leaving@example.org");

        assertThat(erase(userId).rows()).isPositive();

        assertThat(shop.refresh(session.refreshToken())).isEqualTo(new RefreshResult.Refused());
        assertThat(shop.signIn("leaving@example.org", Shop.PASSWORD)).isEqualTo(new SignInResult.WrongCredentials());
        for (String table : new String[] {"user_sessions", "outgoing_mails", "email_verifications"}) {
            assertThat(shop.count("SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant"))
                    .as(table)
                    .isZero();
        }
        assertThat(shop.count("SELECT count(*) FROM users WHERE tenant_id = :tenant AND person_sealed IS NULL"
                        + " AND email_index IS NULL AND deleted_at IS NOT NULL"))
                .isOne();
        assertThat(erase(userId)).as("once more").isEqualTo(ErasedRecords.all(0));
        assertThat(shop.customer("leaving@example.org")).isNotEqualTo(userId);
    }

    @Test
    void whoHasShownThatTheAddressIsTheirsIsAlsoTheGuestWhoBoughtWithIt() {
        UUID userId = shop.registered("guest-too@example.org");
        assertThat(identified(userId).guestSubjectId())
                .as("anybody could have registered with it")
                .isNull();

        String token = shop.tokenMailedTo("guest-too@example.org");
        assertThat(shop.confirm(token)).isTrue();

        assertThat(identified(userId).guestSubjectId())
                .isEqualTo(shop.visitor.supply(() -> shop.persons.guestSubject("Guest-Too@Example.org")));
    }

    private Person identified(UUID userId) {
        return shop.platform.supply(() -> records.identify(new FindAccount(userId)));
    }

    @Test
    void whatIsKeptOnAnAccountIsToldWithoutItsSecrets() {
        UUID userId = shop.customer("curious@example.org");
        shop.signedIn("curious@example.org");

        test.admin()
                .sql("INSERT INTO mail_requests (tenant_id, email_hash, kind, requests, counted_from)"
                        + " SELECT tenant_id, email_index, 'PASSWORD_RESET', 7, now() FROM users WHERE id = :id")
                .param("id", userId)
                .update();

        var kept = Contexts.customer(shop.tenant, userId)
                .supply(() -> records.export(new Person(userId, null)))
                .records();

        assertThat(kept)
                .extracting(KeptRecord::name)
                .containsExactly("account", "person", "sessions", "mails", "security");
        assertThat(kept.get(1).json()).contains("curious@example.org", "Ann");
        assertThat(kept.get(2).json()).contains("A browser");
        assertThat(kept.get(3).json()).contains("EMAIL_VERIFICATION").doesNotContain("ev_");
        assertThat(kept.get(4).json()).contains("\"requests\": 7");
        assertThat(kept).noneMatch(record -> record.json().contains("argon2"));
    }
}
