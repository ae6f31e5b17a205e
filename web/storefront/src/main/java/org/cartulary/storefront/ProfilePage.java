package org.cartulary.storefront;

import java.util.HashMap;
import java.util.Map;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** What customers say of themselves. */
final class ProfilePage {

    private ProfilePage() {}

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        Profile profile = Profile.of(visit).orElse(null);
        return profile == null ? visit.notFound() : visit.page("account-profile", Map.of("profile", profile), problem);
    }

    /** As people write numbers, so that only digits and the plus sign are left. */
    private static @Nullable String phone(String typed) {
        String digits = typed.replace("(0)", "").replaceAll("[\\s()./-]", "");
        return digits.isEmpty() ? null : digits;
    }

    static ServerResponse change(Visit visit) {
        Map<String, Object> change = new HashMap<>();
        change.put("firstName", visit.fieldOrNull("firstName"));
        change.put("lastName", visit.fieldOrNull("lastName"));
        change.put("phone", phone(visit.field("phone")));
        change.put("dateOfBirth", visit.fieldOrNull("dateOfBirth"));
        Outcome<JsonNode> outcome =
                visit.api().withVersion(visit.number("version", 0)).put(Profile.PATH, change, JsonNode.class);
        return visit.after(outcome, "/account/profile?said=profile-saved", problem -> show(visit, problem));
    }
}
