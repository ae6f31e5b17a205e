package org.cartulary.operations;

import java.util.List;
import org.cartulary.platform.operations.DatabaseHealth;

/**
 * How the databases are, by the names of their services.
 *
 * @param unavailable services that did not answer, or whose databases did not
 */
record DatabaseHealthList(List<DatabaseHealth> items, List<UnavailableService> unavailable) {}
