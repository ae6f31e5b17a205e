package org.cartulary.contracts.tenant;

import java.util.UUID;

/** Asks for a tenant by its id. */
public record FindTenant(UUID id) {}
