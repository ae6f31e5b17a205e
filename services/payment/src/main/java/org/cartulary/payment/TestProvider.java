package org.cartulary.payment;

import java.time.Clock;
import org.cartulary.platform.database.Database;
import tools.jackson.databind.json.JsonMapper;

/** The test provider and what it tells unasked. */
record TestProvider(TestPaymentProvider payments, TestProviderWebhooks webhooks) {

    static TestProvider of(Database database, JsonMapper json, Clock clock, WebhookSignatures signatures) {
        TestProviderWebhooks webhooks = new TestProviderWebhooks(database, json, clock, signatures);
        return new TestProvider(new TestPaymentProvider(database, new TestProviderBooks(), webhooks), webhooks);
    }

    /** What the provider does by itself as time goes by. */
    void live() {
        payments.doWhatIsDue();
        webhooks.deliver();
    }
}
