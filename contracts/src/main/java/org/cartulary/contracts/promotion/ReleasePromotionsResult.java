package org.cartulary.contracts.promotion;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a release. Either way the order has no use of any promotion, nor ever will. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface ReleasePromotionsResult {

    /** The uses are given back, now or before. */
    record Released() implements ReleasePromotionsResult {}

    /** There was none; a claim that comes later is refused. */
    record NothingClaimed() implements ReleasePromotionsResult {}
}
