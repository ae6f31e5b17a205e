package org.cartulary.operations;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cartulary.contracts.auth.AuthApi;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.catalog.ListedStockApi;
import org.cartulary.contracts.checkout.CheckoutApi;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.inventory.StockPresencesApi;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.privacy.SubjectKeysApi;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.contracts.shipping.ShippingApi;
import org.cartulary.platform.audit.AuditChains;
import org.cartulary.platform.audit.AuditRecordsOfServices;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.operations.OperationsOfServices;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the service {@code operations}, which has no records of its own. */
@Configuration(proxyBeanMethods = false)
public class OperationsConfiguration {

    private static final int FACTS_A_PAGE = 10_000;

    @Bean
    Reconciler reconciler(
            Clock clock,
            SubjectKeysApi privacy,
            AuthApi auth,
            CustomerApi customers,
            CatalogApi catalog,
            InventoryApi inventory,
            CartApi carts,
            ShippingApi shipping,
            PromotionApi promotions,
            PaymentApi payments,
            OrderApi orders,
            CheckoutApi checkouts,
            StockPresencesApi stock,
            ListedStockApi listedStock,
            AuditRecordsOfServices audits) {
        Map<String, Reconcilable> services = new LinkedHashMap<>();
        // It answers for nothing but its audit log.
        services.put(
                "tenant",
                () -> List.of(AuditChains.invariant(
                        "tenant",
                        Objects.requireNonNull(audits.byService().get("tenant")).chains("tenant", List.of()))));
        services.put("privacy", privacy);
        services.put("auth", auth);
        services.put("customer", customers);
        services.put("catalog", catalog);
        services.put("inventory", inventory);
        services.put("cart", carts);
        services.put("shipping", shipping);
        services.put("promotion", promotions);
        services.put("payment", payments);
        services.put("order", orders);
        services.put("checkout", checkouts);
        var crossCheck = new CrossCheck(
                new CrossCheckedServices(orders, payments, inventory, checkouts, promotions, stock, listedStock),
                FACTS_A_PAGE);
        return new Reconciler(services, crossCheck, clock, OperationsConfiguration::pause);
    }

    @Bean
    ReconciliationsController reconciliationsController(Reconciler reconciler) {
        return new ReconciliationsController(reconciler);
    }

    @Bean
    StuckWorkController stuckWorkController(OperationsOfServices operations, Cursors cursors) {
        return new StuckWorkController(new AskingServices<>(operations.byService()), cursors);
    }

    @Bean
    DatabaseHealthController databaseHealthController(OperationsOfServices operations) {
        return new DatabaseHealthController(new AskingServices<>(operations.byService()));
    }

    @Bean
    AuditLogController auditLogController(AuditRecordsOfServices records, Cursors cursors) {
        return new AuditLogController(new AskingServices<>(records.byService()), cursors);
    }

    @Bean
    SecretStatusController secretStatusController(AuthApi auth, SubjectKeysApi privacy) {
        return new SecretStatusController(new AskingServices<>(Map.of("auth", auth, "privacy", privacy)));
    }

    @Bean(initMethod = "start")
    NightlyReconciliation nightlyReconciliation(Reconciler reconciler, Clock clock) {
        return new NightlyReconciliation(reconciler, clock);
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the reconciliation was interrupted", e);
        }
    }
}
