package org.cartulary.contracts.reconciliation;

import java.util.List;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.springframework.web.service.annotation.GetExchange;

/** A service that can prove its own records. Part of every contract of a service that keeps some. */
public interface Reconcilable {

    /** Checks every invariant that the service can check alone, over all tenants. Reads a single snapshot. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @GetExchange("/invariants")
    List<InvariantResult> checkInvariants();
}
