package org.cartulary.operations;

import java.util.List;
import org.cartulary.platform.audit.DataAccess;
import org.cartulary.platform.http.PageInfo;

/**
 * Who read whose personal data, the latest first.
 *
 * @param unavailable services that did not answer; what was read there is missing
 */
record DataAccessPage(List<DataAccess> items, PageInfo page, List<UnavailableService> unavailable) {}
