package org.cartulary.admin;

import org.cartulary.pages.Api;
import org.cartulary.pages.ApiException;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** The key of the platform's operator, which the browser keeps until it is closed, and no script reads. */
final class OperatorKey {

    private static final String COOKIE = "operator_key";

    /** What keys look like; nothing else is kept, and none of it can end a header. */
    private static final String KEY = "[A-Za-z0-9_.-]{10,500}";

    private OperatorKey() {}

    static boolean isThere(Visit visit) {
        return key(visit) != null;
    }

    private static @Nullable String key(Visit visit) {
        String key = visit.cookies().find(COOKIE);
        return key != null && key.matches(KEY) ? key : null;
    }

    /** The public API as the operator; {@code null} where no key was given. */
    static @Nullable Api api(Visit visit) {
        String key = key(visit);
        return key == null ? null : visit.apiOfVisitor().withAccessToken(key);
    }

    /** Keeps the key that was typed, if the API takes it for an operator's; whether it did. */
    static boolean take(Visit visit) {
        String typed = visit.field("operatorKey");
        if (!typed.matches(KEY) || !isOfAnOperator(visit.apiOfVisitor().withAccessToken(typed))) {
            return false;
        }
        visit.cookies().keep(COOKIE, typed, null);
        return true;
    }

    private static boolean isOfAnOperator(Api api) {
        try {
            api.get(ApiPath.of("admin/tenants").with("limit", 1), JsonNode.class);
            return true;
        } catch (ApiException e) {
            if (isRefusal(e.problem())) {
                return false;
            }
            throw e;
        }
    }

    /** Whether the API says that the key is none, or no operator's. */
    static boolean isRefusal(Problem problem) {
        return problem.status() == HttpStatus.UNAUTHORIZED.value() || problem.status() == HttpStatus.FORBIDDEN.value();
    }

    static void forget(Visit visit) {
        visit.cookies().forget(COOKIE);
    }
}
