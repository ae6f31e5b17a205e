package org.cartulary.contracts.auth;

import java.util.UUID;
import org.cartulary.platform.events.EventType;

/** Someone registered as a customer; the customer has the id of the user. */
@EventType(name = "auth.user-registered.v1", aggregate = "user")
public record UserRegistered(UUID userId, String email, String firstName, String lastName) {}
