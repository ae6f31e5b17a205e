package org.cartulary.auth;

import java.util.UUID;

/** A user as the database has it: sealed. */
record StoredPerson(UUID userId, String personSealed) {}
