package org.cartulary.contracts.privacy;

import java.time.Instant;

/**
 * What came of destroying keys.
 *
 * @param destroyed how many keys were destroyed by this call; none where it had been called before
 * @param at when, by the clock that also says when keys are made: what is made later is not among them
 */
public record DestroyedSubjectKeys(int destroyed, Instant at) {}
