package org.cartulary.contracts.privacy;

import java.time.Instant;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.contracts.secrets.KeepsUnderSecret;
import org.cartulary.platform.privacy.FindSubjectKeys;
import org.cartulary.platform.privacy.ObtainSubjectKeys;
import org.cartulary.platform.privacy.SubjectKeySource;
import org.cartulary.platform.privacy.WrappedIndexRoot;
import org.cartulary.platform.privacy.WrappedSubjectKeys;
import org.cartulary.platform.remote.SafeToRepeat;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The keys of the people whose data is kept, always wrapped. Thread-safe. */
@HttpExchange("/internal/privacy")
public interface SubjectKeysApi extends SubjectKeySource, Reconcilable, KeepsUnderSecret {

    /** The keys of the subjects, made for those who have none, once however many ask. An account that was erased gets none. */
    @Override
    @SafeToRepeat
    @PostExchange("/subject-keys")
    WrappedSubjectKeys obtain(@RequestBody ObtainSubjectKeys command);

    /** From which the keys of blind indexes are derived; made by whoever asks first, and the same ever after. */
    @Override
    @SafeToRepeat
    @GetExchange("/index-root")
    WrappedIndexRoot indexRoot();

    /** The keys with these ids, as far as they are not destroyed. */
    @Override
    @SafeToRepeat
    @PostExchange("/subject-key-lookups")
    WrappedSubjectKeys find(@RequestBody FindSubjectKeys query);

    /** What time it is by the clock that says when keys are made. */
    @SafeToRepeat
    @PostExchange("/moments")
    Instant moment();

    /** Destroys all keys of the subjects. What tells that they were there stays: when, by whom and why they were destroyed. */
    @SafeToRepeat
    @PostExchange("/subject-key-destructions")
    DestroyedSubjectKeys destroy(@RequestBody DestroySubjectKeys command);
}
