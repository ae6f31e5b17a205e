package org.cartulary.catalog;

import org.cartulary.contracts.catalog.FindEmployer;
import org.cartulary.contracts.catalog.Vendor;
import org.cartulary.contracts.catalog.VendorApi;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask about vendors. */
@RestController
final class VendorEndpoint implements VendorApi {

    private final Vendors vendors;

    VendorEndpoint(Vendors vendors) {
        this.vendors = vendors;
    }

    @Override
    public @Nullable Vendor findEmployer(FindEmployer query) {
        return vendors.employerOf(query.userId()).orElse(null);
    }
}
