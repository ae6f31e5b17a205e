package org.cartulary.catalog;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.cartulary.contracts.auth.CreateStaff;
import org.cartulary.contracts.auth.Roles;

/** Somebody who is to work for a vendor; the account is created unless there is one with this address. */
record NewMember(
        @NotBlank @Size(max = 255) String email,
        @NotBlank @Size(max = 128) String password,
        @NotBlank @Size(max = 100) String firstName,
        @NotBlank @Size(max = 100) String lastName) {

    CreateStaff command() {
        return new CreateStaff(email, password, firstName, lastName, Roles.VENDOR);
    }

    /** Leaves out the password and who it is. */
    @Override
    public String toString() {
        return "NewMember";
    }
}
