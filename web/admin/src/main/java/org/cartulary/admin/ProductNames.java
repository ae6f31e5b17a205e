package org.cartulary.admin;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Visit;

/** What products are called that a list knows by their ids only: each is asked for once. */
record ProductNames(Map<UUID, Named> byId) {

    ProductNames {
        byId = Map.copyOf(byId);
    }

    record Named(String sku, String name) {}

    static ProductNames of(Visit visit, Collection<UUID> ids) {
        String path = Rights.allows(visit, Permissions.CATALOG_WRITE) ? "admin/products/{id}" : "store/products/{id}";
        Map<UUID, Named> names = new HashMap<>();
        for (UUID id : new LinkedHashSet<>(ids)) {
            Named named = visit.api().find(ApiPath.of(path, id), Named.class);
            if (named != null) {
                names.put(id, named);
            }
        }
        return new ProductNames(names);
    }

    /** Its name, or its id where the shop has no such product any more. */
    public String name(UUID id) {
        Named named = byId.get(id);
        return named == null ? id.toString() : named.name();
    }

    public String sku(UUID id) {
        Named named = byId.get(id);
        return named == null ? "" : named.sku();
    }
}
