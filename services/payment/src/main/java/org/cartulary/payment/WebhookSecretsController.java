package org.cartulary.payment;

import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.context.RequestContext;
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

    private final PaymentProviders providers;
    private final WebhookSignatures signatures;

    WebhookSecretsController(PaymentProviders providers, WebhookSignatures signatures) {
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
    @SqlBudget(statements = 0, transactions = 0)
    WebhookAccess access(@PathVariable String provider) {
        String name = providers.named(provider).name();
        return new WebhookAccess(
                "/api/v1/webhooks/payments/" + name, signatures.secret(name, RequestContext.currentTenant()));
    }
}
