package org.cartulary.platform.operations;

import java.util.Map;

/** Where the stuck work of each service is found, by the name of the service. Immutable. */
public record OperationsOfServices(Map<String, Operations> byService) {

    public OperationsOfServices {
        byService = Map.copyOf(byService);
    }
}
