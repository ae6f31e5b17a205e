package org.cartulary.contracts.inventory;

import org.cartulary.contracts.privacy.TracedRecords;
import org.springframework.web.service.annotation.HttpExchange;

/** What reservations of stock say of people. Thread-safe. */
@HttpExchange("/internal/reservation-records")
public interface ReservationRecordsApi extends TracedRecords {}
