package org.cartulary.contracts.checkout;

import org.cartulary.contracts.privacy.PersonalRecords;
import org.springframework.web.service.annotation.HttpExchange;

/** What checkouts say of people. Thread-safe. */
@HttpExchange("/internal/checkout-records")
public interface CheckoutRecordsApi extends PersonalRecords {}
