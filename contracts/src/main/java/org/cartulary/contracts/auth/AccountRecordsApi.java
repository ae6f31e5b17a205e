package org.cartulary.contracts.auth;

import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.PersonalRecords;
import org.cartulary.platform.remote.SafeToRepeat;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What is kept on people who have accounts. Forgetting one closes it: nobody logs in, and all sessions end. Thread-safe. */
@HttpExchange("/internal/account-records")
public interface AccountRecordsApi extends PersonalRecords {

    /** Who the user is; as a guest too, if they have shown that the e-mail address is theirs. */
    @SafeToRepeat
    @PostExchange("/identities")
    Person identify(@RequestBody FindAccount query);
}
