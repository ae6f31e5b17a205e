package org.cartulary.contracts.catalog;

import java.util.UUID;

/**
 * Whose a product is, and what the shop keeps of its sales.
 *
 * @param commissionBasisPoints the shop's part in hundredths of a percent, from 0 to 10,000
 */
public record VendorShare(UUID vendorId, int commissionBasisPoints) {}
