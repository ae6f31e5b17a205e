package org.cartulary.contracts.catalog;

import org.cartulary.contracts.privacy.PersonalRecords;
import org.springframework.web.service.annotation.HttpExchange;

/** What reviews of products say of people. Thread-safe. */
@HttpExchange("/internal/review-records")
public interface ReviewRecordsApi extends PersonalRecords {}
