package org.cartulary.platform.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RequestContextTest {

    private static final UUID TENANT = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    private static final UUID CUSTOMER = UUID.fromString("019a0000-0000-7000-8000-000000000002");

    private final RequestContext context = new RequestContext(
            TENANT, new Principal(Principal.Kind.CUSTOMER, CUSTOMER, Set.of("orders:read")), TraceIds.next());

    @Test
    void isBoundOnlyWhileTheWorkRuns() {
        assertThat(context.supply(RequestContext::current)).isEqualTo(context);
        assertThat(RequestContext.currentOrNull()).isNull();
        assertThatThrownBy(RequestContext::current).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void isGoneAfterTheWorkHasFailed() {
        assertThatThrownBy(() -> context.call(() -> {
                    throw new IOException("broken");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
        assertThat(RequestContext.currentOrNull()).isNull();
    }

    @Test
    void anInnerContextHidesTheOuterOneAndGivesItBack() {
        context.run(() -> {
            RequestContext inner = RequestContext.current().asSystem();
            assertThat(inner.supply(() -> RequestContext.current().principal())).isEqualTo(Principal.system());
            assertThat(inner.traceId()).isEqualTo(context.traceId());
            assertThat(inner.tenantId()).isEqualTo(TENANT);
            assertThat(RequestContext.current()).isEqualTo(context);
        });
    }

    @Test
    void isNotSeenByAnotherThread() throws Exception {
        RequestContext[] seen = {context};
        context.call(() -> {
            Thread other = Thread.ofVirtual().start(() -> seen[0] = RequestContext.currentOrNull());
            other.join();
            return null;
        });

        assertThat(seen[0]).isNull();
    }

    @Test
    void workWithoutTenantCannotAskForOne() {
        assertThat(context.supply(RequestContext::currentTenant)).isEqualTo(TENANT);
        assertThatThrownBy(() -> RequestContext.ofSystem(null).supply(RequestContext::currentTenant))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void onlyTheSystemHoldsPermissionsNobodyGave() {
        assertThat(Principal.system().may("tenants:write")).isTrue();
        assertThat(context.principal().may("orders:read")).isTrue();
        assertThat(context.principal().may("orders:write")).isFalse();
        assertThat(Principal.visitor().may("orders:read")).isFalse();
    }

    @Test
    void permissionsCannotBeAddedAfterwards() {
        Set<String> permissions = new HashSet<>(Set.of("orders:read"));
        Principal principal = new Principal(Principal.Kind.STAFF, CUSTOMER, permissions);
        permissions.add("orders:write");

        assertThat(principal.may("orders:write")).isFalse();
    }

    @Test
    void isCustomerNeedsTheSameCustomer() {
        assertThat(context.principal().isCustomer(CUSTOMER)).isTrue();
        assertThat(context.principal().isCustomer(TENANT)).isFalse();
        assertThat(context.principal().isCustomer(null)).isFalse();
        assertThat(new Principal(Principal.Kind.STAFF, CUSTOMER, Set.of()).isCustomer(CUSTOMER))
                .isFalse();
    }

    @Test
    @Tag("CAT-07")
    void onlyWhoeverBelongsToAVendorActsForOne() {
        UUID vendor = new UUID(5, 5);
        Principal person = new Principal(Principal.Kind.VENDOR, CUSTOMER, Set.of("vendor-orders:read"));

        assertThat(person.vendorId()).isNull();
        assertThat(person.actingFor(vendor))
                .isEqualTo(new Principal(Principal.Kind.VENDOR, CUSTOMER, Set.of("vendor-orders:read"), vendor));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Principal(Principal.Kind.STAFF, CUSTOMER, Set.of(), vendor));
    }

    @Test
    void customersStaffAndIntegrationsAreSignedInAndNobodyElse() {
        assertThat(Principal.Kind.values())
                .filteredOn(kind -> new Principal(kind, CUSTOMER, Set.of()).isSignedIn())
                .containsExactly(
                        Principal.Kind.CUSTOMER,
                        Principal.Kind.STAFF,
                        Principal.Kind.VENDOR,
                        Principal.Kind.INTEGRATION);
    }
}
