package org.cartulary.customer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an entry did. */
enum EntryOutcome {
    /** There was no customer of this number. */
    @JsonProperty("created")
    CREATED,
    /** The customer was different. */
    @JsonProperty("updated")
    UPDATED,
    /** The customer was like this already; nothing was written. */
    @JsonProperty("unchanged")
    UNCHANGED
}
