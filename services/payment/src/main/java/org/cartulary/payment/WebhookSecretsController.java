package org.cartulary.payment;

import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a provider has to be told for it to send its webhooks to a shop. */
@RestController
@RequestMapping("/api/v1/admin/payment-webhooks")
@RequirePermission(Permissions.SETTINGS_WRITE)
final class WebhookSecretsController {

    private final Database database;
    private final PaymentProviders providers;
    private final WebhookSignatures signatures;

    WebhookSecretsController(Database database, PaymentProviders providers, WebhookSignatures signatures) {
        this.database = database;
        this.providers = providers;
        this.signatures = signatures;
    }

    /**
     * Where a provider sends its webhooks, and what it signs them with.
     *
     * @param path under a host name of the shop
     */
    record WebhookAccess(String path, String secret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "WebhookAccess[path=" + path + "]";
        }
    }

    @GetMapping("/{provider}")
    @Audited("webhook-secret.read")
    @SqlBudget(statements = 2, transactions = 1)
    WebhookAccess access(@PathVariable String provider) {
        String name = providers.named(provider).name();
        UUID shop = RequestContext.currentTenant();
        // Who holds the secret can tell the shop that it was paid: first it is written down who is shown it.
        database.<Boolean>inTransaction(tx -> {
            AuditLog.record(
                    tx, AuditedAct.of("webhook-secret.read", "tenant", shop).with("provider", name));
            return true;
        });
        return new WebhookAccess("/api/v1/webhooks/payments/" + name, signatures.secret(name, shop));
    }
}
