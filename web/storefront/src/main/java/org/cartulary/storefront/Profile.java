package org.cartulary.storefront;

import java.util.Optional;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;

/** Who the customer is, as the API answers it. */
record Profile(
        String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone,
        @Nullable String dateOfBirth,
        long version) {

    static final ApiPath PATH = ApiPath.of("store/customers/me");

    /** That of whoever has signed in; none if nobody has, or the account is so new that its customer is not there yet. */
    static Optional<Profile> of(Visit visit) {
        if (visit.session() == null) {
            return Optional.empty();
        }
        Api api = visit.api();
        return visit.remember(Known.class, () -> new Known(Optional.ofNullable(api.find(PATH, Profile.class))))
                .profile();
    }

    private record Known(Optional<Profile> profile) {}
}
