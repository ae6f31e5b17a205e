package org.cartulary.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.cartulary.pages.FormProblem;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers that every page gives in the same way. */
final class Answers {

    private Answers() {}

    /** Leads on after a change that was done; shows the page with what is wrong after one that was refused. */
    static ServerResponse after(
            Visit visit, Outcome<?> outcome, String done, Function<Problem, ServerResponse> refused) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> visit.redirect(done);
            case Outcome.Refused<?>(Problem problem) -> refused.apply(problem);
        };
    }

    /** A page with what is wrong, if anything is. */
    static ServerResponse page(Visit visit, String template, Map<String, Object> model, @Nullable Problem problem) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("problem", problem == null ? null : FormProblem.of(visit, problem));
        return visit.page(problem == null ? HttpStatus.OK : statusOf(problem), template, all);
    }

    private static HttpStatus statusOf(Problem problem) {
        HttpStatus status = HttpStatus.resolve(problem.status());
        return status == null ? HttpStatus.UNPROCESSABLE_CONTENT : status;
    }

    static ServerResponse notFound(Visit visit) {
        return visit.page(HttpStatus.NOT_FOUND, "not-found", Map.of());
    }
}
