package org.cartulary.contracts.payment;

import org.cartulary.contracts.privacy.TracedRecords;
import org.springframework.web.service.annotation.HttpExchange;

/** What payments say of people. Thread-safe. */
@HttpExchange("/internal/payment-records")
public interface PaymentRecordsApi extends TracedRecords {}
