package org.cartulary.contracts.catalog;

import java.util.UUID;

/** Asks for whom a user works. */
public record FindEmployer(UUID userId) {}
