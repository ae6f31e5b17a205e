package org.cartulary.contracts.customer;

import java.util.UUID;
import org.cartulary.platform.events.EventType;

/**
 * A customer has taken a consent back.
 *
 * @param purpose marketing or analytics
 */
@EventType(name = "customer.consent-withdrawn.v1", aggregate = "customer")
public record ConsentWithdrawn(UUID customerId, String purpose) {}
