package org.cartulary.contracts.customer;

import java.util.UUID;
import org.cartulary.platform.events.EventType;

/**
 * A customer has consented, or has seen a newer text and consented to that.
 *
 * @param purpose marketing, analytics or terms
 * @param textVersion the version of the text that the customer was shown
 */
@EventType(name = "customer.consent-given.v1", aggregate = "customer")
public record ConsentGiven(UUID customerId, String purpose, String textVersion) {}
