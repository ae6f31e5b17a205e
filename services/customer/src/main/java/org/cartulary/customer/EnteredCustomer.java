package org.cartulary.customer;

import java.util.UUID;

/** What became of one entry. */
record EnteredCustomer(String customerNumber, UUID id, EntryOutcome outcome) {}
