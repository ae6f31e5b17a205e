package org.cartulary.order;

import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Who carries a parcel, how it is followed, and when it should arrive. What is not given is not known.
 *
 * @param trackingNumber under which the carrier knows it
 * @param trackingUrl where it can be followed, over https
 * @param estimatedDelivery a day of the years 2000 to 2100
 */
record ShipmentTracking(
        @Nullable @Size(min = 1, max = 100) String carrier,
        @Nullable @Size(min = 1, max = 100) String trackingNumber,
        @Nullable @Size(min = 1, max = 2_000) String trackingUrl,
        @Nullable LocalDate estimatedDelivery) {

    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2100, 12, 31);

    /**
     * Checks the address, for buyers are led there, and the day, which not every program could read otherwise.
     *
     * @throws ProblemException 422 {@code invalid-request} if the address is none of a page over https, or the day is not of the years
     *     2000 to 2100
     */
    void requireSensible() {
        ProblemException problem = ProblemException.unprocessable("invalid-request", "the parcel is not valid");
        if (trackingUrl != null && !isOfPage(trackingUrl)) {
            problem.with("/trackingUrl", "invalid", "give the address of a page over https, without a user in it");
        }
        if (estimatedDelivery != null
                && (estimatedDelivery.isBefore(FIRST_DAY) || estimatedDelivery.isAfter(LAST_DAY))) {
            problem.with("/estimatedDelivery", "invalid", "give a day of the years 2000 to 2100");
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }

    private static boolean isOfPage(String url) {
        try {
            URI uri = new URI(url);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
