package org.cartulary.contracts.privacy;

import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

/** A service that keeps records on people: it tells them, and forgets them. Part of a contract of each that does. */
public interface PersonalRecords {

    /** What is kept on the person. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/exports")
    KeptRecords export(@RequestBody Person person);

    /** Forgets who it was. What was bought and paid stays, so that the books add up. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/erasures")
    ErasedRecords erase(@RequestBody Person person);
}
