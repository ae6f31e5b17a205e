package org.cartulary.platform.privacy;

/** Where the keys of subjects are kept. Thread-safe. */
public interface SubjectKeySource {

    /** The keys of the subjects, made for those who have none. An account that was erased gets none. */
    WrappedSubjectKeys obtain(ObtainSubjectKeys command);

    /** From which the keys of blind indexes are derived; made by whoever asks first. */
    WrappedIndexRoot indexRoot();

    /** The keys with these ids, as far as they are not destroyed. */
    WrappedSubjectKeys find(FindSubjectKeys query);
}
