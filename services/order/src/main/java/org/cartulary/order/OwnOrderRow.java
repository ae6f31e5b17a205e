package org.cartulary.order;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.money.Money;

/** One of the caller's own orders in a list. */
record OwnOrderRow(UUID id, String orderNumber, String status, Money total, Instant placedAt) {}
