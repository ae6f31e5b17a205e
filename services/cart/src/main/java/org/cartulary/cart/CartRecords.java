package org.cartulary.cart;

import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.Traces;

/** What one store of carts knows of people. Everything concerns the current tenant. Thread-safe. */
interface CartRecords {

    /** What is kept on the person. */
    KeptRecord export(Traces traces);

    /**
     * What the person has saved for later. What a guest has saved is told where no cart of the same Guest-Token is left but those that
     * are the person's: a token may be that of several people.
     */
    KeptRecord exportSaved(Traces traces);

    /** The traces, and the carts from which what was ordered came. */
    Traces trace(Traces traces);

    /** Deletes the carts of the customer, and those of the guests that are named, and what is saved, as it is told. */
    ErasedRecords erase(Traces traces);
}
