package org.cartulary.contracts.auth;

import java.util.UUID;

/** Asks for a user of the current tenant by id. */
public record FindAccount(UUID userId) {}
