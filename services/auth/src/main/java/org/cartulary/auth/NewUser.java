package org.cartulary.auth;

import java.util.UUID;

/** An account to create. */
record NewUser(
        UUID tenantId, UUID id, String email, String passwordHash, String firstName, String lastName, String role) {

    @Override
    public String toString() {
        return "NewUser[tenantId=" + tenantId + ", id=" + id + ", role=" + role + "]";
    }
}
