package org.cartulary.contracts.auth;

/** Creates a member of staff. The password is 12 to 128 characters long; the role is VENDOR, SUPPORT or ADMIN. */
public record CreateStaff(String email, String password, String firstName, String lastName, String role) {

    /** Leaves out the password. */
    @Override
    public String toString() {
        return "CreateStaff[email=" + email + ", role=" + role + "]";
    }
}
