package org.cartulary.admin;

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
        return visit.session() == null ? ask(visit, null) : visit.redirect(next(visit));
    }

    private static ServerResponse ask(Visit visit, @Nullable Problem problem) {
        return visit.page("sign-in", Map.of("email", visit.field("email"), "next", visit.field("next")), problem);
    }

    static ServerResponse signIn(Visit visit) {
        return switch (SigningIn.with(visit)) {
            case Outcome.Done<Api.Nothing> _ -> visit.redirect(next(visit));
            case Outcome.Refused<Api.Nothing>(Problem problem) -> ask(visit, problem);
        };
    }

    private static String next(Visit visit) {
        String next = Paths.ofOwnSite(visit.field("next"));
        return next.startsWith("/admin") ? next : "/admin";
    }

    static ServerResponse signOut(Visit visit) {
        visit.signOut();
        OperatorKey.forget(visit);
        return visit.redirect("/admin/sign-in?said=signed-out");
    }
}
