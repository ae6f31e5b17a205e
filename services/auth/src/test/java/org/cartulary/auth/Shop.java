package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.SqlUse;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.mail.Mail;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.SettableClock;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestSubjectKeys;

/** A new shop in which people register, log in and get mails. */
final class Shop {

    static final String PASSWORD = "correct horse battery";
    static final String SECRET = "a secret that is at least 32 characters long";
    private static final Pattern TOKEN = Pattern.compile("(?:ev|pr)_[A-Za-z0-9_-]{43}");

    final SettableClock clock = SettableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    final UUID tenant = Contexts.newTenant();
    final RequestContext visitor = Contexts.visitor(tenant);
    /** As sagas and other services' staff ask. */
    final RequestContext platform = visitor.asSystem();

    final Postbox postbox = new Postbox(true);
    final OutgoingMailStore mails = new OutgoingMailStore();
    /** One for all shops, since mails of all of them are sent by whoever sends. */
    private static final MasterKey MASTER = MasterKey.ofSecret(SECRET);

    static final TestSubjectKeys KEYS = TestSubjectKeys.of(MASTER);
    static final PersonalData PERSONAL_DATA = personalDataElsewhere();

    final SealingPersons persons = new SealingPersons(PERSONAL_DATA, ApiJson.strict());
    final MailingTokens mailing;
    final SendingMails sending;
    final Registering registering;
    final VerifyingEmail verifying;
    final ResettingPassword resetting;
    final SecondFactors secondFactors;
    final SigningIn signingIn;
    final Sessions sessions;
    private final TestDatabase test;

    Shop(TestDatabase test, Passwords passwords) {
        this.test = test;
        EventBus bus = new EventBus(ApiJson.tolerant(), new SimpleMeterRegistry());
        mailing = new MailingTokens(
                test.database(), new MailTexts("", "https://shop.example/new?code={token}"), mails, persons);
        Outbox outbox = new Outbox(test.database(), bus, ApiJson.tolerant());
        ProvingAddresses proving = new ProvingAddresses(outbox, persons);
        registering = new Registering(test.database(), passwords, mailing, persons, clock);
        verifying = new VerifyingEmail(test.database(), mailing, proving, passwords, persons, clock);
        resetting = new ResettingPassword(test.database(), mailing, proving, passwords, persons, clock);
        secondFactors = new SecondFactors(
                test.database(), SecondFactors.encryption(InstallationSecrets.of(SECRET)), passwords, clock);
        signingIn = new SigningIn(test.database(), passwords, secondFactors, persons, clock);
        sessions = new Sessions(test.database(), clock);
        sending = new SendingMails(test.database(), mails, persons, postbox, clock);
    }

    /** As somebody who has logged in. */
    RequestContext as(UUID userId) {
        return Contexts.customer(tenant, userId);
    }

    RegisterResult register(String email, String password) {
        return visitor.supply(() -> registering.register(email, password, "Ann", "Doe"));
    }

    /** Somebody registers, and has not verified the address yet. */
    UUID registered(String email) {
        assertThat(register(email, PASSWORD)).isEqualTo(new RegisterResult.Accepted());
        return test.admin()
                .sql("SELECT id FROM users WHERE tenant_id = :tenant AND email_index = :index AND deleted_at IS NULL")
                .param("tenant", tenant)
                .param("index", visitor.supply(() -> persons.emailIndex(email)))
                .query(UUID.class)
                .single();
    }

    /** Somebody registers and verifies the address. */
    UUID customer(String email) {
        UUID userId = registered(email);
        assertThat(confirm(tokenMailedTo(email))).isTrue();
        return userId;
    }

    boolean confirm(String token) {
        return confirm(token, PASSWORD);
    }

    boolean confirm(String token, String password) {
        return visitor.supply(() -> verifying.confirm(token, password));
    }

    SignInResult signIn(String email, String password) {
        return visitor.supply(() -> signingIn.signIn(new LogIn(email, password, null, "A browser")));
    }

    SignedInUser signedIn(String email) {
        return ((SignInResult.SignedIn) signIn(email, PASSWORD)).user();
    }

    RefreshResult refresh(String token) {
        return visitor.supply(() -> sessions.refresh(token));
    }

    SignedInUser refreshed(String token) {
        return ((RefreshResult.Refreshed) refresh(token)).user();
    }

    /** All mails to the address, the oldest first, once those that wait were sent. */
    List<Mail> mailsTo(String email) {
        sending.run();
        List<UUID> ofTheShop = test.admin()
                .sql("SELECT id FROM outgoing_mails WHERE tenant_id = :tenant")
                .param("tenant", tenant)
                .query(UUID.class)
                .list();
        return postbox.of(email).stream()
                .filter(mail -> ofTheShop.contains(mail.id()))
                .sorted(Comparator.comparing(Mail::id))
                .toList();
    }

    /** The token of the last mail to the address. */
    String tokenMailedTo(String email) {
        Matcher token = TOKEN.matcher(mailsTo(email).getLast().text());
        if (!token.find()) {
            throw new AssertionError("the mail has no token");
        }
        return token.group();
    }

    /** The SQL that the work runs. */
    static List<String> statements(Runnable work) {
        SqlUse use = SqlUse.begin(true);
        use.count(() -> {
            work.run();
            return true;
        });
        return List.copyOf(use.texts());
    }

    /** The same keys, of which nothing is remembered. */
    static PersonalData personalDataElsewhere() {
        return new PersonalData(MASTER, () -> KEYS);
    }

    /** Forgets what has expired in all shops, with the keys. */
    static void forgetExpired(TestDatabase test) {
        new ForgettingExpiredJob(
                        test.database(),
                        new WithdrawnRegistrations(
                                test.database(), command -> command.subjects().forEach(KEYS::destroy)))
                .run();
    }

    /** What a query by the shop's tenant finds. */
    int count(String sql) {
        return test.admin()
                .sql(sql)
                .param("tenant", tenant)
                .query(Integer.class)
                .single();
    }
}
