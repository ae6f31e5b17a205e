package org.cartulary.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.cartulary.contracts.privacy.SubjectKeysApi;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.jobs.Jobs;
import org.cartulary.platform.mail.MailSender;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires identities and their proofs. The secret of the installation protects what hashes cannot keep. */
@Configuration(proxyBeanMethods = false)
public class AuthConfiguration {

    private static final Duration MAILS_EVERY = Duration.ofSeconds(2);
    private static final Duration ENCRYPTING_EVERY = Duration.ofSeconds(30);

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    SigningKeys signingKeys(Databases databases, Clock clock, InstallationSecrets secrets) {
        return new SigningKeys(open(databases), clock, new KeyEncryption(secrets));
    }

    @Bean
    OutgoingMailStore outgoingMailStore() {
        return new OutgoingMailStore();
    }

    @Bean
    SealingPersons sealingPersons(PersonalData personalData, JsonMapper json) {
        return new SealingPersons(personalData, json);
    }

    @Bean
    SecondFactors secondFactors(Databases databases, Passwords passwords, Clock clock, InstallationSecrets secrets) {
        return new SecondFactors(open(databases), SecondFactors.encryption(secrets), passwords, clock);
    }

    @Bean
    MailingTokens mailingTokens(
            Databases databases,
            OutgoingMailStore mails,
            SealingPersons persons,
            @Value("${cartulary.mail.verification-link:}") String verificationLink,
            @Value("${cartulary.mail.reset-link:}") String resetLink) {
        return new MailingTokens(open(databases), new MailTexts(verificationLink, resetLink), mails, persons);
    }

    @Bean
    EncryptingAnew encryptingAnew(Databases databases, InstallationSecrets secrets) {
        return new EncryptingAnew(open(databases), secrets);
    }

    @Bean
    AuthEndpoint authEndpoint(
            Databases databases,
            Clock clock,
            SigningKeys signingKeys,
            Passwords passwords,
            SealingPersons persons,
            EncryptingAnew encrypting) {
        Database database = open(databases);
        return new AuthEndpoint(database, signingKeys, new ApiKeys(database, clock), passwords, persons, encrypting);
    }

    @Bean
    AccountRecordsEndpoint accountRecordsEndpoint(Databases databases, SealingPersons persons, JsonMapper json) {
        return new AccountRecordsEndpoint(open(databases), persons, json);
    }

    @Bean
    RegistrationsController registrationsController(
            Databases databases, Passwords passwords, MailingTokens mailing, SealingPersons persons, Clock clock) {
        return new RegistrationsController(new Registering(open(databases), passwords, mailing, persons, clock));
    }

    @Bean
    ProvingAddresses provingAddresses(Databases databases, EventBus events, JsonMapper json, SealingPersons persons) {
        return new ProvingAddresses(new Outbox(open(databases), events, json), persons);
    }

    @Bean
    EmailVerificationsController emailVerificationsController(
            Databases databases,
            MailingTokens mailing,
            ProvingAddresses proving,
            Passwords passwords,
            SealingPersons persons,
            Clock clock) {
        return new EmailVerificationsController(
                new VerifyingEmail(open(databases), mailing, proving, passwords, persons, clock));
    }

    @Bean
    PasswordResetsController passwordResetsController(
            Databases databases,
            MailingTokens mailing,
            ProvingAddresses proving,
            Passwords passwords,
            SealingPersons persons,
            Clock clock) {
        return new PasswordResetsController(
                new ResettingPassword(open(databases), mailing, proving, passwords, persons, clock));
    }

    @Bean
    OutgoingMailsController outgoingMailsController(
            Databases databases, OutgoingMailStore mails, SealingPersons persons, MailSender sender) {
        return new OutgoingMailsController(open(databases), mails, persons, sender);
    }

    @Bean
    SessionsController sessionsController(
            Databases databases,
            Clock clock,
            SigningKeys signingKeys,
            Passwords passwords,
            SecondFactors secondFactors,
            SealingPersons persons) {
        Database database = open(databases);
        return new SessionsController(
                new SigningIn(database, passwords, secondFactors, persons, clock),
                new Sessions(database, clock),
                new AccessTokens(signingKeys, clock));
    }

    @Bean
    PageSessionStorage pageSessionStorage(
            Databases databases,
            @Value("${" + PageSessionStorage.SETTING + ":" + PageSessionStorage.POSTGRESQL + "}") String where,
            @Value("${cartulary.pages.idle-minutes:30}") String idleMinutes) {
        return PageSessionStorage.at(where, open(databases), PageIdleTime.ofMinutes(idleMinutes));
    }

    @Bean
    PageSessionsEndpoint pageSessionsEndpoint(
            PageSessionStorage storage, SealingPersons persons, SigningKeys signingKeys, Clock clock) {
        return new PageSessionsEndpoint(storage.store(), persons, new AccessTokens(signingKeys, clock), clock);
    }

    @Bean
    StaffController staffController(
            Databases databases,
            Passwords passwords,
            MailingTokens mailing,
            SealingPersons persons,
            Clock clock,
            Cursors cursors) {
        return new StaffController(
                new EmployingStaff(open(databases), passwords, mailing, persons, clock), persons, cursors);
    }

    @Bean
    SecondFactorController secondFactorController(SecondFactors secondFactors) {
        return new SecondFactorController(secondFactors);
    }

    @Bean
    LostSecondFactorsController lostSecondFactorsController(Databases databases, SealingPersons persons, Clock clock) {
        return new LostSecondFactorsController(open(databases), persons, clock);
    }

    @Bean
    ApiKeysController apiKeysController(Databases databases, Clock clock, TenantApi tenants) {
        return new ApiKeysController(new ApiKeys(open(databases), clock), tenants);
    }

    @Bean
    Jobs authJobs(
            Databases databases,
            OutgoingMailStore mails,
            SealingPersons persons,
            MailSender sender,
            Clock clock,
            SubjectKeysApi keys,
            EncryptingAnew encrypting) {
        Database database = open(databases);
        WithdrawnRegistrations withdrawn = new WithdrawnRegistrations(database, keys::destroy);
        return new Jobs(
                database,
                List.of(
                        new Job(
                                "forget-expired",
                                Duration.ofHours(1),
                                new ForgettingExpiredJob(database, withdrawn)::run),
                        new Job("encrypt-anew", ENCRYPTING_EVERY, encrypting::run),
                        Job.onEveryNode(
                                "send-mails",
                                MAILS_EVERY,
                                new SendingMails(database, mails, persons, sender, clock)::run)));
    }

    private static Database open(Databases databases) {
        return databases.open("auth");
    }
}
