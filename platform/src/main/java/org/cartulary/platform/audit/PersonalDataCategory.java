package org.cartulary.platform.audit;

import java.util.Locale;

/** Kinds of data that tell something of a person. */
public enum PersonalDataCategory {
    /** Given and family names. */
    NAME,
    /** E-mail addresses. */
    EMAIL,
    /** Phone numbers. */
    PHONE,
    /** Postal addresses and parts of them. */
    ADDRESS,
    /** Birth dates. */
    BIRTH_DATE,
    /** What somebody says of their gender. */
    GENDER,
    /** What somebody has consented to. */
    CONSENT,
    /** What nobody has described beforehand: notes, messages, and what a shop adds by itself. */
    FREE_FORM;

    /** As it is written down. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
