package org.cartulary.contracts.auth;

import java.util.UUID;

/** A member of staff, and whether this call created it. */
public record StaffMember(UUID id, String email, String role, boolean created) {}
