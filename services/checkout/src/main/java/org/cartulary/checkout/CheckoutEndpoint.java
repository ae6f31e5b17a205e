package org.cartulary.checkout;

import java.util.List;
import org.cartulary.contracts.checkout.CheckoutApi;
import org.cartulary.contracts.checkout.CheckoutFact;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.springframework.web.bind.annotation.RestController;

/** What other services may know of checkouts. */
@RestController
final class CheckoutEndpoint implements CheckoutApi {

    private final CheckoutRecords records;

    CheckoutEndpoint(CheckoutRecords records) {
        this.records = records;
    }

    @Override
    public FactPage<CheckoutFact> facts(FactsAfter query) {
        return records.facts(query);
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return records.check();
    }
}
