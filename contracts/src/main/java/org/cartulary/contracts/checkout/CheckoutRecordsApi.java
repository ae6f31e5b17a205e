package org.cartulary.contracts.checkout;

import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.PersonalRecords;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.remote.SafeToRepeat;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What checkouts say of people. Thread-safe. */
@HttpExchange("/internal/checkout-records")
public interface CheckoutRecordsApi extends PersonalRecords {

    /** By which ids other services know what the person has been about to order. */
    @SafeToRepeat
    @PostExchange("/traces")
    Traces trace(@RequestBody Person person);
}
