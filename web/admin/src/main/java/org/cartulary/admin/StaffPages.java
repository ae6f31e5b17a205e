package org.cartulary.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.PageInfo;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** Who works for the shop, and as what. */
final class StaffPages {

    private static final List<String> ROLES = List.of(Roles.SUPPORT, Roles.ADMIN);

    private StaffPages() {}

    record Member(
            UUID id,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            String role,
            String state,
            boolean secondFactor,
            @Nullable Instant lastLoginAt,
            long version) {

        /** The name, the id where it cannot be read any more. */
        public String called() {
            return firstName == null || lastName == null ? id.toString() : firstName + " " + lastName;
        }
    }

    record Members(List<Member> items, PageInfo page) {}

    static ServerResponse list(Visit visit) {
        return list(visit, null);
    }

    private static ServerResponse list(Visit visit, @Nullable Problem problem) {
        Listing listing = Listing.of(visit, "/admin/staff");
        Members members = visit.api().get(listing.addTo(ApiPath.of("admin/staff")), Members.class);
        return visit.page("staff", Map.of("listing", listing, "members", members, "roles", ROLES), problem);
    }

    static ServerResponse invite(Visit visit) {
        Map<String, Object> invitation = Map.of(
                "email", visit.field("email"),
                "firstName", visit.field("firstName"),
                "lastName", visit.field("lastName"),
                "role", visit.field("role"));
        Outcome<JsonNode> outcome = visit.api().post(ApiPath.of("admin/staff"), invitation, JsonNode.class);
        return after(visit, outcome, "staff-invited");
    }

    static ServerResponse changeRole(Visit visit) {
        Outcome<JsonNode> outcome = visit.api()
                .withVersion(visit.number("version", 0))
                .put(
                        ApiPath.of("admin/staff/{id}", visit.path("id")),
                        Map.of("role", visit.field("role")),
                        JsonNode.class);
        return after(visit, outcome, "saved");
    }

    static ServerResponse end(Visit visit) {
        Outcome<Api.Nothing> outcome = visit.api().delete(ApiPath.of("admin/staff/{id}", visit.path("id")));
        return after(visit, outcome, "staff-ended");
    }

    private static ServerResponse after(Visit visit, Outcome<?> outcome, String said) {
        return visit.after(outcome, "/admin/staff?said=" + said, problem -> list(visit, problem));
    }
}
