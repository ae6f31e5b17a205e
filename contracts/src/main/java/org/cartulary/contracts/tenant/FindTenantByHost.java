package org.cartulary.contracts.tenant;

/** Asks for the tenant of a host name, without a port. */
public record FindTenantByHost(String host) {}
