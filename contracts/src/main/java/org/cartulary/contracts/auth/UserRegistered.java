package org.cartulary.contracts.auth;

import java.util.UUID;
import org.cartulary.platform.events.EventType;

/**
 * Someone registered as a customer and has shown that the e-mail address is theirs, which is when this is told; the customer has
 * the id of the user. Who it is, nobody reads on the way.
 *
 * @param emailIndex the blind index of the e-mail address
 * @param personSealed a {@link org.cartulary.contracts.customer.CustomerPerson}, sealed for the place where it will be kept
 */
@EventType(name = "auth.user-registered.v1", aggregate = "user")
public record UserRegistered(UUID userId, String emailIndex, String personSealed) {}
