package org.cartulary.auth;

/**
 * Whom a registration finds at its address.
 *
 * @param pending whether nobody has shown yet that the address is theirs, so that a newer registration takes the place
 */
record Registrant(StoredPerson person, boolean pending) {}
