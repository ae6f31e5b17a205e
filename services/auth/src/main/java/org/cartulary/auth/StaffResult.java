package org.cartulary.auth;

/** What became of a change to somebody who works for the shop. */
sealed interface StaffResult {

    /** It is done, and was not before. */
    record Done(StoredStaff member) implements StaffResult {}

    /** There is nobody of that id whose account goes on. */
    record Unknown() implements StaffResult {}

    /** Somebody has changed the account since the caller has read it. */
    record Stale() implements StaffResult {}

    /** The role is, or would be, one that may do what the caller may not. */
    record BeyondCaller() implements StaffResult {}

    /** Nobody else could run the shop. */
    record LastAdministrator() implements StaffResult {}
}
