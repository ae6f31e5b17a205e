package org.cartulary.platform.audit;

import java.util.UUID;

/**
 * The end of a chain at some time, kept outside the database: whoever cuts the chain off behind an entry, or writes it anew, can put
 * the database's own head right, but not this.
 *
 * @param service in whose database the chain is
 * @param tenantId whose chain it is
 * @param number of the entry that was the last one
 * @param hash of that entry, in lower-case hexadecimal
 */
public record AuditAnchor(String service, UUID tenantId, long number, String hash) {}
