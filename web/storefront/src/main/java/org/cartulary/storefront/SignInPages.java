package org.cartulary.storefront;

import java.util.HashMap;
import java.util.Map;
import org.cartulary.pages.Api;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Paths;
import org.cartulary.pages.Problem;
import org.cartulary.pages.SigningIn;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;

/** Signing in, and out. */
final class SignInPages {

    private SignInPages() {}

    static ServerResponse ask(Visit visit) {
        return visit.session() == null ? ask(visit, null) : visit.redirect(Paths.ofOwnSite(visit.field("next")));
    }

    private static ServerResponse ask(Visit visit, @Nullable Problem problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("email", visit.field("email"));
        model.put("next", visit.field("next"));
        return visit.page("sign-in", model, problem);
    }

    static ServerResponse signIn(Visit visit) {
        return switch (SigningIn.with(visit)) {
            case Outcome.Done<Api.Nothing> _ -> {
                CartPage.takeAlong(visit);
                yield visit.redirect(Paths.ofOwnSite(visit.field("next")));
            }
            case Outcome.Refused<Api.Nothing>(Problem problem) -> ask(visit, problem);
        };
    }

    static ServerResponse signOut(Visit visit) {
        visit.signOut();
        CartCookie.forget(visit);
        return visit.redirect("/?said=signed-out");
    }
}
