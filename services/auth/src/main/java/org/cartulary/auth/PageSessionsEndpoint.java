package org.cartulary.auth;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.EndPageSession;
import org.cartulary.contracts.auth.OpenPageSession;
import org.cartulary.contracts.auth.OpenPageSessionResult;
import org.cartulary.contracts.auth.PageSession;
import org.cartulary.contracts.auth.PageSessionsApi;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.contracts.auth.UsePageSession;
import org.cartulary.platform.context.RequestContext;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/** Keeps people logged in at pages. Access tokens are signed, and names opened, when the transaction is over. */
@RestController
final class PageSessionsEndpoint implements PageSessionsApi {

    private static final String TOKEN_PREFIX = "ps_";

    private final PageSessionStore store;
    private final SealingPersons persons;
    private final AccessTokens accessTokens;
    private final Clock clock;

    PageSessionsEndpoint(PageSessionStore store, SealingPersons persons, AccessTokens accessTokens, Clock clock) {
        this.store = store;
        this.persons = persons;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    @Override
    public OpenPageSessionResult open(OpenPageSession command) {
        UUID tenantId = RequestContext.currentTenant();
        String token = SecretTexts.next(TOKEN_PREFIX);
        return store.open(tenantId, command.refreshToken(), SecretTexts.sha256(token), clock.instant())
                .<OpenPageSessionResult>map(
                        holder -> new OpenPageSessionResult.Opened(token, session(tenantId, holder)))
                .orElseGet(OpenPageSessionResult.Refused::new);
    }

    @Override
    public @Nullable PageSession use(UsePageSession command) {
        UUID tenantId = RequestContext.currentTenant();
        return store.use(tenantId, SecretTexts.sha256(command.token()), clock.instant())
                .map(holder -> session(tenantId, holder))
                .orElse(null);
    }

    @Override
    public void end(EndPageSession command) {
        store.end(RequestContext.currentTenant(), SecretTexts.sha256(command.token()), clock.instant());
    }

    private PageSession session(UUID tenantId, PageHolder holder) {
        AccessTokens.Signed signed = accessTokens.signForPage(tenantId, holder);
        Optional<Person> person = persons.open(holder.userId(), holder.personSealed());
        return new PageSession(
                holder.sessionId(),
                holder.userId(),
                holder.role(),
                Roles.permissionsOf(holder.role()),
                person.map(Person::firstName).orElse(null),
                person.map(Person::lastName).orElse(null),
                person.map(Person::email).orElse(null),
                signed.text(),
                signed.expiresAt());
    }
}
