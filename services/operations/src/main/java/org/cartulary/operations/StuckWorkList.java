package org.cartulary.operations;

import java.util.List;
import org.cartulary.platform.http.PageInfo;
import org.cartulary.platform.operations.StuckWork;

/**
 * What is stuck, the oldest first.
 *
 * @param unavailable services that did not answer; what is stuck there is missing
 */
record StuckWorkList(List<StuckWork> items, PageInfo page, List<UnavailableService> unavailable) {}
