package org.cartulary.order;

import java.util.UUID;
import java.util.function.Function;
import org.cartulary.contracts.catalog.FindEmployer;
import org.cartulary.contracts.catalog.Vendor;
import org.cartulary.contracts.catalog.VendorApi;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** Lets whoever works for a vendor act for it: from then on the database shows them what is the vendor's. Thread-safe. */
record ActingForVendor(VendorApi vendors) {

    /**
     * Does the work for the vendor for whom the caller works.
     *
     * @param work gets the vendor's id
     * @throws ProblemException 403 {@code no-vendor} if the caller works for none
     */
    <T extends @Nullable Object> T apply(Function<UUID, T> work) {
        RequestContext caller = RequestContext.current();
        Principal person = caller.principal();
        Vendor employer = person.kind() != Principal.Kind.VENDOR || person.id() == null
                ? null
                : vendors.findEmployer(new FindEmployer(person.id()));
        if (employer == null) {
            throw ProblemException.forbidden("no-vendor", "this account works for no vendor");
        }
        return new RequestContext(caller.tenantId(), person.actingFor(employer.id()), caller.traceId())
                .supply(() -> work.apply(employer.id()));
    }
}
