package org.cartulary.contracts.auth;

import java.util.Set;

/** A JSON Web Key Set (RFC 7517) as JSON text. */
public record PublicKeys(String jwks) {}
