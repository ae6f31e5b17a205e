package org.cartulary.checkout;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;

/**
 * What the steps of the saga need to know of a checkout. A process that has just begun a saga has it at hand; one that
 * recovers a saga reads it. Thread-safe.
 */
final class CheckoutsInPlacement {

    private final Database database;
    private final CheckoutStore store;
    private final SealingCheckouts sealing;
    private final TenantApi tenants;
    private final Map<UUID, Placement> atHand = new ConcurrentHashMap<>();

    CheckoutsInPlacement(Database database, CheckoutStore store, SealingCheckouts sealing, TenantApi tenants) {
        this.database = database;
        this.store = store;
        this.sealing = sealing;
        this.tenants = tenants;
    }

    /** A checkout, how it is paid and how its shop works. */
    record Placement(CheckoutSession session, PaymentChoice payment, TenantSettings settings) {}

    /** What a recovery reads, sealed. */
    private record Kept(CheckoutSession session, CheckoutStore.KeptPayment payment) {}

    /** Keeps it at hand until {@link #forget}. */
    void remember(UUID orderId, Placement placement) {
        atHand.put(orderId, placement);
    }

    void forget(UUID orderId) {
        atHand.remove(orderId);
    }

    /** What belongs to the saga. */
    Placement of(PlaceOrder state) {
        Placement placement = atHand.get(state.orderId());
        return placement == null ? read(state) : placement;
    }

    /** How the current tenant's shop works. */
    TenantSettings settings() {
        UUID tenantId = RequestContext.currentTenant();
        Tenant tenant = tenants.find(new FindTenant(tenantId));
        if (tenant == null) {
            throw new IllegalStateException("there is no tenant " + tenantId);
        }
        return tenant.settings();
    }

    private Placement read(PlaceOrder state) {
        TenantSettings settings = settings();
        Kept kept = database.inReadTransaction(tx -> {
            CheckoutSession session = store.find(tx, state.checkoutId());
            CheckoutStore.KeptPayment payment = store.payment(tx, state.checkoutId(), state.orderId());
            if (session == null || payment == null) {
                throw new IllegalStateException(
                        "the checkout " + state.checkoutId() + " is kept until the saga " + state.orderId() + " ends");
            }
            return new Kept(session, payment);
        });
        String token = sealing.openToken(state.checkoutId(), kept.payment().tokenSealed())
                .orElseThrow(CheckoutProblems::notFound);
        return new Placement(
                sealing.open(kept.session()), new PaymentChoice(kept.payment().provider(), token), settings);
    }
}
