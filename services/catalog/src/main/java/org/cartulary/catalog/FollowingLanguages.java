package org.cartulary.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.catalog.SearchLanguageStore.Shop;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the products of each shop indexed in the language that the shop has decided for, in short transactions. A run that is cut off has done
 * what it did: the next one, in whatever process, passes over it. Thread-safe.
 */
final class FollowingLanguages implements Runnable {

    /** Sorts before all others. */
    private static final UUID FIRST = new UUID(0, 0);

    private static final Logger LOG = LoggerFactory.getLogger(FollowingLanguages.class);

    private final SearchLanguageStore store;
    private final TenantApi tenants;
    private final int batchProducts;

    /** Indexes 500 products a transaction. */
    FollowingLanguages(SearchLanguageStore store, TenantApi tenants) {
        this(store, tenants, 500);
    }

    FollowingLanguages(SearchLanguageStore store, TenantApi tenants, int batchProducts) {
        this.store = store;
        this.tenants = tenants;
        this.batchProducts = batchProducts;
    }

    /**
     * Looks at all shops. One that fails does not keep the others waiting.
     *
     * @throws IllegalStateException after all, if some failed; they are tried again by a later run
     */
    @Override
    public void run() {
        List<RuntimeException> failures = new ArrayList<>();
        for (Shop shop : store.shops()) {
            try {
                follow(shop);
            } catch (RuntimeException failure) {
                failures.add(new IllegalStateException("the shop " + shop.tenantId() + " is not indexed", failure));
            }
        }
        if (!failures.isEmpty()) {
            IllegalStateException failed =
                    new IllegalStateException(failures.size() + " shops are not indexed", failures.getFirst());
            failures.stream().skip(1).forEach(failed::addSuppressed);
            throw failed;
        }
    }

    private void follow(Shop shop) {
        boolean isToBeIndexed = !shop.isIndexed();
        Tenant tenant = shop.isIndexed() ? tenants.find(new FindTenant(shop.tenantId())) : null;
        if (tenant != null) {
            String tag = tenant.settings().language();
            SearchLanguage language = SearchLanguage.of(tag);
            if (language != shop.present()) {
                store.change(shop, tag, language);
                isToBeIndexed = true;
            }
        }
        if (isToBeIndexed) {
            index(shop.tenantId());
        }
    }

    private void index(UUID tenantId) {
        @Nullable UUID last = FIRST;
        while (last != null) {
            last = store.index(tenantId, last, batchProducts);
        }
        if (store.end(tenantId)) {
            LOG.info("the products of shop {} are indexed in its language", tenantId);
        }
    }
}
