package org.cartulary.operations;

import java.time.Instant;
import java.util.List;
import org.cartulary.platform.reconciliation.InvariantResult;

/**
 * What a reconciliation has found.
 *
 * @param ok whether every invariant holds
 */
record Reconciliation(Instant startedAt, Instant finishedAt, boolean ok, List<InvariantResult> results) {}
