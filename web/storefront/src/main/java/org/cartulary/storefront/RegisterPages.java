package org.cartulary.storefront;

import java.util.HashMap;
import java.util.Map;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.SigningIn;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;

/** Opening an account, and showing that the address is one's own. */
final class RegisterPages {

    private RegisterPages() {}

    static ServerResponse ask(Visit visit) {
        return visit.session() == null ? ask(visit, null) : visit.redirect("/account");
    }

    private static ServerResponse ask(Visit visit, @Nullable Problem problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("email", visit.field("email"));
        model.put("firstName", visit.field("firstName"));
        model.put("lastName", visit.field("lastName"));
        return visit.page("register", model, problem);
    }

    static ServerResponse register(Visit visit) {
        Map<String, Object> registration = Map.of(
                "email", visit.field("email"),
                "password", visit.secret("password"),
                "firstName", visit.field("firstName"),
                "lastName", visit.field("lastName"));
        return switch (visit.apiOfVisitor().post(ApiPath.of("store/registrations"), registration)) {
            case Outcome.Done<Api.Nothing> _ -> visit.redirect("/verify?said=registered");
            case Outcome.Refused<Api.Nothing>(Problem problem) -> ask(visit, problem);
        };
    }

    static ServerResponse askCode(Visit visit) {
        return askCode(visit, null);
    }

    private static ServerResponse askCode(Visit visit, @Nullable Problem problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("email", visit.field("email"));
        model.put("token", visit.field("token"));
        return visit.page("verify", model, problem);
    }

    /** Whoever has shown that the address is theirs is signed in with it at once. */
    static ServerResponse verify(Visit visit) {
        Map<String, Object> confirmation = Map.of("token", visit.field("token"), "password", visit.secret("password"));
        return switch (visit.apiOfVisitor().post(ApiPath.of("store/email-verifications/confirmations"), confirmation)) {
            case Outcome.Refused<Api.Nothing>(Problem problem) -> askCode(visit, problem);
            case Outcome.Done<Api.Nothing> _ ->
                switch (SigningIn.with(visit)) {
                    case Outcome.Done<Api.Nothing> _ -> {
                        CartPage.takeAlong(visit);
                        yield visit.redirect("/account?said=verified");
                    }
                    case Outcome.Refused<Api.Nothing> _ -> visit.redirect("/sign-in?said=verified");
                };
        };
    }
}
