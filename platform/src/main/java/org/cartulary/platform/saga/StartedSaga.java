package org.cartulary.platform.saga;

import java.util.UUID;

/**
 * A saga that was written in a transaction and is run after its commit, see {@link Sagas#begin}.
 *
 * @param leaseEndsAtNanos by {@link System#nanoTime()}, measured before the lease was written, so never too late
 */
public record StartedSaga<S>(UUID sagaId, S state, long leaseEndsAtNanos) {}
