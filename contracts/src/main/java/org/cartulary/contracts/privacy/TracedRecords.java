package org.cartulary.contracts.privacy;

import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

/** A service whose records name people by ids only, and tells them. Part of a contract of each that does. */
public interface TracedRecords {

    /** What is kept under these ids: neither cards nor tokens. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/exports")
    KeptRecords export(@RequestBody Traces traces);
}
