package org.cartulary.contracts.auth;

/** A JSON Web Key Set (RFC 7517) as JSON text. */
public record PublicKeys(String jwks) {}
