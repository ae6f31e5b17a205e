package org.cartulary.contracts.privacy;

import java.util.List;

/** Everything that a service keeps on somebody and can read. */
public record KeptRecords(List<KeptRecord> records) {

    public KeptRecords {
        records = List.copyOf(records);
    }
}
