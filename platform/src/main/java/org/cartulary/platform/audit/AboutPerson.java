package org.cartulary.platform.audit;

/** A record that is answered and holds personal data: its own, and those of the records in it. */
public interface AboutPerson {

    /** Whose data it is. */
    DataSubject dataSubject();
}
