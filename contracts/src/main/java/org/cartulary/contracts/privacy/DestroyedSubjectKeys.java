package org.cartulary.contracts.privacy;

/** How many keys were destroyed by this call; none where it had been called before. */
public record DestroyedSubjectKeys(int destroyed) {}
