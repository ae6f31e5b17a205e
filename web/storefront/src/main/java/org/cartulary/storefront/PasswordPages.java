package org.cartulary.storefront;

import java.util.HashMap;
import java.util.Map;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;

/** A new password for somebody who has forgotten theirs. */
final class PasswordPages {

    private PasswordPages() {}

    static ServerResponse ask(Visit visit) {
        return form(visit, "forgotten-password", null);
    }

    static ServerResponse sendMail(Visit visit) {
        Map<String, Object> request = Map.of("email", visit.field("email"));
        return switch (visit.apiOfVisitor().post(ApiPath.of("store/password-resets"), request)) {
            case Outcome.Done<Api.Nothing> _ -> visit.redirect("/new-password?said=mailed");
            case Outcome.Refused<Api.Nothing>(Problem problem) -> form(visit, "forgotten-password", problem);
        };
    }

    static ServerResponse askNew(Visit visit) {
        return form(visit, "new-password", null);
    }

    static ServerResponse setNew(Visit visit) {
        Map<String, Object> request = Map.of("token", visit.field("token"), "password", visit.secret("password"));
        return switch (visit.apiOfVisitor().post(ApiPath.of("store/password-resets/completions"), request)) {
            case Outcome.Done<Api.Nothing> _ -> visit.redirect("/sign-in?said=new-password");
            case Outcome.Refused<Api.Nothing>(Problem problem) -> form(visit, "new-password", problem);
        };
    }

    private static ServerResponse form(Visit visit, String template, @Nullable Problem problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("email", visit.field("email"));
        model.put("token", visit.field("token"));
        return visit.page(template, model, problem);
    }
}
