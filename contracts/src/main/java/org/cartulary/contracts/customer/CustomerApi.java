package org.cartulary.contracts.customer;

import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.remote.SafeToRepeat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The people who buy. Thread-safe. */
@HttpExchange("/internal/customers")
public interface CustomerApi extends Reconcilable {

    /** The customer with this id in the current tenant, or {@code null}. */
    @SafeToRepeat
    @PostExchange("/lookups")
    @Nullable Customer find(@RequestBody FindCustomer query);

    /** The customers of the current tenant who have this e-mail address. */
    @SafeToRepeat
    @PostExchange("/email-lookups")
    CustomersOfEmail withEmail(@RequestBody FindCustomersByEmail query);

    /** In which groups a customer of the current tenant is now. */
    @SafeToRepeat
    @PostExchange("/group-lookups")
    GroupsOfCustomer groups(@RequestBody FindCustomerGroups query);
}
