package org.cartulary.promotion;

import java.util.List;
import java.util.Objects;
import org.cartulary.platform.cache.TenantCache;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * The promotions of a shop, kept until one of them changes. They are read as the platform: a shop's codes are its own, and no
 * customer's transaction sees them. Thread-safe.
 */
final class KnownOffers {

    private static final long MAX_BYTES = 8L << 20;
    private static final int BYTES_OF_AN_OFFER = 600;
    private static final int BYTES_OF_AN_ID = 32;
    private static final String NO_CODE = "";

    private final Database database;
    private final TenantCache<String, List<Offer>> offers;

    KnownOffers(TenantVersions versions, Database database) {
        this.database = database;
        this.offers = new TenantCache<>(
                versions,
                "promotions",
                MAX_BYTES,
                (code, found) -> found.stream().mapToInt(KnownOffers::bytes).sum());
    }

    /** Those that are active and need no coupon. */
    List<Offer> withoutCode() {
        return Objects.requireNonNull(
                offers.get(NO_CODE, () -> read("AND p.status = 'ACTIVE' AND p.code IS NULL", "")));
    }

    /** The one with this code, in capitals, that has not ended, else the last one that has. */
    @Nullable Offer withCode(String code) {
        List<Offer> found = code.equals(NO_CODE)
                ? null
                : offers.get(code, () -> {
                    List<Offer> read = read("AND p.code = :code ORDER BY p.status = 'ENDED', p.id DESC LIMIT 1", code);
                    // A code that nobody has given out is not kept, however many are tried.
                    return read.isEmpty() ? null : read;
                });
        return found == null ? null : found.getFirst();
    }

    private List<Offer> read(String condition, String code) {
        return RequestContext.current()
                .asSystem()
                .supply(() -> database.inReadTransaction(tx -> tx.jdbc()
                        .sql(OfferRows.SELECT + condition)
                        .param("tenant", RequestContext.currentTenant())
                        .param("code", code)
                        .query(OfferRows::offer)
                        .list()));
    }

    private static int bytes(Offer offer) {
        int ids = offer.conditions().productIds().size()
                + offer.conditions().categoryIds().size()
                + offer.conditions().groupIds().size();
        return BYTES_OF_AN_OFFER + 2 * offer.name().length() + BYTES_OF_AN_ID * ids;
    }
}
