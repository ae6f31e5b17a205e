package org.cartulary.operations;

import java.util.List;
import org.cartulary.platform.http.PageInfo;
import org.cartulary.platform.operations.OperatorAction;

/**
 * What operators did, the latest first.
 *
 * @param unavailable services that did not answer; what was done there is missing
 */
record OperatorActionList(List<OperatorAction> items, PageInfo page, List<UnavailableService> unavailable) {}
