package org.cartulary.contracts.catalog;

import org.cartulary.platform.remote.SafeToRepeat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The vendors of a marketplace. Thread-safe. */
@HttpExchange("/internal/vendors")
public interface VendorApi {

    /** For whom a user of the current tenant works, or {@code null} if for no vendor. */
    @SafeToRepeat
    @PostExchange("/employer-lookups")
    @Nullable Vendor findEmployer(@RequestBody FindEmployer query);
}
