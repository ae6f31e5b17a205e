package org.cartulary.contracts.order;

import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.PersonalRecords;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.remote.SafeToRepeat;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What orders say of people. Thread-safe. */
@HttpExchange("/internal/order-records")
public interface OrderRecordsApi extends PersonalRecords {

    /** How many orders of the person still need to know who it is. */
    @SafeToRepeat
    @PostExchange("/unfinished")
    UnfinishedOrders unfinished(@RequestBody Person person);

    /** By which ids other services know what the person has ordered. */
    @SafeToRepeat
    @PostExchange("/traces")
    Traces trace(@RequestBody Person person);
}
