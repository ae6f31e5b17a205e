package org.cartulary.contracts.privacy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on whom services keep records, in the current tenant.
 *
 * @param customerId the customer, which also is the user where there is an account
 * @param guestSubjectId as whom they bought without an account, where the e-mail address is known to be theirs
 */
public record Person(UUID customerId, @Nullable UUID guestSubjectId) {}
