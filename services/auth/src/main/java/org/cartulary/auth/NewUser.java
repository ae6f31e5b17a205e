package org.cartulary.auth;

import java.util.UUID;

/** An account to create; who it is, is sealed. */
record NewUser(UUID tenantId, UUID id, String emailIndex, String personSealed, String passwordHash, String role) {

    @Override
    public String toString() {
        return "NewUser[tenantId=" + tenantId + ", id=" + id + ", role=" + role + "]";
    }
}
