package org.cartulary.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.jobs.Jobs;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires identities and their proofs. The secret {@code cartulary.secret} protects the keys that sign access tokens. */
@Configuration(proxyBeanMethods = false)
public class AuthConfiguration {

    @Bean
    AuthEndpoint authEndpoint(Databases databases, Clock clock, @Value("${cartulary.secret}") String secret) {
        Database database = open(databases);
        return new AuthEndpoint(
                database, signingKeys(database, clock, secret), new ApiKeys(database, clock), new Passwords());
    }

    @Bean
    RegistrationsController registrationsController(Databases databases, EventBus events, JsonMapper json) {
        Database database = open(databases);
        return new RegistrationsController(
                new Registering(database, new Outbox(database, events, json), new Passwords()));
    }

    @Bean
    SessionsController sessionsController(
            Databases databases, Clock clock, @Value("${cartulary.secret}") String secret) {
        Database database = open(databases);
        AccessTokens accessTokens = new AccessTokens(signingKeys(database, clock, secret), clock);
        return new SessionsController(
                new SigningIn(database, new Passwords(), clock), new Sessions(database, clock), accessTokens);
    }

    @Bean
    ApiKeysController apiKeysController(Databases databases, Clock clock, TenantApi tenants) {
        return new ApiKeysController(new ApiKeys(open(databases), clock), tenants);
    }

    @Bean
    Jobs authJobs(Databases databases) {
        Database database = open(databases);
        return new Jobs(
                database,
                List.of(new Job("forget-expired", Duration.ofHours(1), new ForgettingExpiredJob(database)::run)));
    }

    private static Database open(Databases databases) {
        return databases.open("auth");
    }

    private static SigningKeys signingKeys(Database database, Clock clock, String secret) {
        return new SigningKeys(database, clock, new KeyEncryption(secret));
    }
}
