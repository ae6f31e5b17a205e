package org.cartulary.customer;

import java.util.List;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;

/**
 * A customer with all that the shop needs to serve them.
 *
 * @param addresses the first that was saved first
 * @param groups that the customer is in
 * @param statistics what the customer has ordered, by currency, some seconds ago at the latest
 */
record CustomerDetails(
        CustomerView customer,
        List<AddressView> addresses,
        List<GroupMembership> groups,
        List<CustomerStatistics.OfCurrency> statistics)
        implements AboutPerson {

    @Override
    public DataSubject dataSubject() {
        return customer.dataSubject();
    }
}
