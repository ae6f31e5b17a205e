package org.cartulary.contracts.promotion;

import org.cartulary.contracts.privacy.TracedRecords;
import org.springframework.web.service.annotation.HttpExchange;

/** What uses of promotions say of people. Thread-safe. */
@HttpExchange("/internal/promotion-records")
public interface PromotionRecordsApi extends TracedRecords {}
