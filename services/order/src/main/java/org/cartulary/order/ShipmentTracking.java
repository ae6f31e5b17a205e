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
 */
record ShipmentTracking(
        @Nullable @Size(min = 1, max = 100) String carrier,
        @Nullable @Size(min = 1, max = 100) String trackingNumber,
        @Nullable @Size(min = 1, max = 2_000) String trackingUrl,
        @Nullable LocalDate estimatedDelivery) {

    /**
     * Checks the address: buyers are led there.
     *
     * @throws ProblemException 422 {@code invalid-request} if it is none of a page over https
     */
    void requireSafeUrl() {
        if (trackingUrl != null && !isOfPage(trackingUrl)) {
            throw ProblemException.unprocessable("invalid-request", "the parcel is not valid")
                    .with("/trackingUrl", "invalid", "give the address of a page over https, without a user in it");
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
