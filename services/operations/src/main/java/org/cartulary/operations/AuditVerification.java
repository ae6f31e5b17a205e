package org.cartulary.operations;

import java.util.List;
import org.cartulary.platform.audit.AuditChain;

/**
 * What came of reading the chains of critical operations.
 *
 * @param ok whether all services answered and all chains are whole
 * @param chains each with its end, which may be kept outside as an anchor
 * @param unavailable services that did not answer; nothing is known of theirs
 */
record AuditVerification(boolean ok, List<AuditChain> chains, List<UnavailableService> unavailable) {}
