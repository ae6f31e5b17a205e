package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.auth.FindApiKey;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.FindTenantByHost;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.contracts.tenant.TenantPlacement;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiKeysControllerTest {

    private static TestDatabase test;

    private final UUID tenant = Contexts.newTenant();
    private final ApiKeys keys = new ApiKeys(test.database(), Clock.systemUTC());
    private final ApiKeysController controller = new ApiKeysController(keys, new OneTenant(tenant));

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
    }

    @AfterAll
    static void close() {
        test.close();
    }

    /** A directory with one tenant. */
    private record OneTenant(UUID id) implements TenantApi {

        @Override
        public @Nullable Tenant findByHost(FindTenantByHost query) {
            return null;
        }

        @Override
        public @Nullable Tenant find(FindTenant query) {
            return query.id().equals(id)
                    ? new Tenant(
                            id,
                            "one",
                            "One",
                            true,
                            List.of(),
                            TenantSettings.defaults("GBP"),
                            TenantPlacement.SHARED,
                            1)
                    : null;
        }

        @Override
        public Tenant ensure(CreateTenant command) {
            throw new UnsupportedOperationException();
        }
    }

    private static ApiKeysController.ApiKeyRequest request(String... permissions) {
        return new ApiKeysController.ApiKeyRequest("key", List.of(permissions), null);
    }

    private static String code(Runnable call) {
        String[] code = {""};
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call::run)
                .satisfies(problem -> code[0] = problem.code());
        return code[0];
    }

    @Test
    void nobodyGivesAKeyMoreThanTheyHave() {
        RequestContext holder = Contexts.integration(tenant, Permissions.API_KEYS_WRITE, Permissions.STOCK_READ);
        assertThat(code(() -> holder.run(() -> controller.create(request(Permissions.CATALOG_WRITE)))))
                .isEqualTo("permission-not-held");
        assertThat(code(() -> holder.run(() -> controller.create(request(Permissions.TENANTS_WRITE)))))
                .isEqualTo("unknown-permission");
        assertThat(holder.supply(() -> controller.create(request(Permissions.STOCK_READ)))
                        .getBody())
                .satisfies(view -> assertThat(view.permissions()).containsExactly(Permissions.STOCK_READ));
    }

    @Test
    void theOperatorMakesTheFirstKeyOfATenantThatExists() {
        RequestContext operator = new RequestContext(
                null,
                new Principal(Principal.Kind.INTEGRATION, Ids.next(), Set.of(Permissions.TENANTS_WRITE)),
                TraceIds.next());
        ApiKeysController.ApiKeyView view = operator.supply(
                        () -> controller.createForTenant(tenant, request(Permissions.CATALOG_WRITE)))
                .getBody();
        assertThat(keys.find(new FindApiKey(SecretTexts.sha256(view.key())).sha256()))
                .hasValueSatisfying(owner -> assertThat(owner.tenantId()).isEqualTo(tenant));
        assertThat(code(() ->
                        operator.run(() -> controller.createForTenant(Ids.next(), request(Permissions.STOCK_READ)))))
                .isEqualTo("tenant-not-found");
    }
}
