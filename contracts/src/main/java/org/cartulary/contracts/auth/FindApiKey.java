package org.cartulary.contracts.auth;

/** Asks for an API key by the SHA-256 of its text, in lower-case hexadecimal. */
public record FindApiKey(String sha256) {}
