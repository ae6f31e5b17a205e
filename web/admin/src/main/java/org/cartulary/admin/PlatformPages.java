package org.cartulary.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiException;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** What only the operator of the platform may do: all shops, and work that is stuck in any of them. */
final class PlatformPages {

    private static final String PATH = "/admin/platform";

    private PlatformPages() {}

    static ServerResponse askKey(Visit visit) {
        return OperatorKey.isThere(visit) ? visit.redirect(PATH + "/tenants") : askKey(visit, false);
    }

    private static ServerResponse askKey(Visit visit, boolean wrong) {
        return visit.page(
                wrong ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK, "operator-key", Map.of("wrong", wrong));
    }

    static ServerResponse takeKey(Visit visit) {
        return OperatorKey.take(visit) ? visit.redirect(PATH + "/tenants") : askKey(visit, true);
    }

    static ServerResponse forgetKey(Visit visit) {
        OperatorKey.forget(visit);
        return visit.redirect("/admin?said=key-forgotten");
    }

    static ServerResponse tenants(Visit visit) {
        return asOperator(visit, api -> tenants(visit, api, null));
    }

    static ServerResponse tenants(Visit visit, Api api, @Nullable Problem problem) {
        Listing listing = Listing.of(visit, PATH + "/tenants", "name");
        Platform.Tenants tenants = api.get(listing.addTo(ApiPath.of("admin/tenants")), Platform.Tenants.class);
        return visit.page("tenants", Map.of("listing", listing, "tenants", tenants), problem);
    }

    static ServerResponse addTenant(Visit visit) {
        List<String> hosts = Arrays.stream(visit.field("hosts").split("[,\\s]+", -1))
                .filter(host -> !host.isEmpty())
                .toList();
        Map<String, Object> tenant =
                Map.of("name", visit.field("tenantName"), "displayName", visit.field("displayName"), "hosts", hosts);
        return asOperator(
                visit, api -> afterTenant(visit, api, api.post(ApiPath.of("admin/tenants"), tenant, JsonNode.class)));
    }

    static ServerResponse suspend(Visit visit) {
        return changeState(visit, "suspensions");
    }

    static ServerResponse open(Visit visit) {
        return changeState(visit, "activations");
    }

    private static ServerResponse changeState(Visit visit, String act) {
        ApiPath path = ApiPath.of("admin/tenants/{id}/" + act, visit.path("id"));
        Map<String, Object> reason = Map.of("reason", visit.field("reason"));
        return asOperator(visit, api -> afterTenant(visit, api, api.post(path, reason, JsonNode.class)));
    }

    private static ServerResponse afterTenant(Visit visit, Api api, Outcome<JsonNode> outcome) {
        return visit.after(outcome, PATH + "/tenants?said=saved", problem -> tenants(visit, api, problem));
    }

    static ServerResponse stuckWork(Visit visit) {
        return asOperator(visit, api -> stuckWork(visit, api, null));
    }

    private static ServerResponse stuckWork(Visit visit, Api api, @Nullable Problem problem) {
        Listing listing = Listing.of(visit, PATH + "/stuck-work", "service", "kind");
        Platform.StuckWork work = api.get(listing.addTo(ApiPath.of("admin/stuck-work")), Platform.StuckWork.class);
        return visit.page("stuck-work", Map.of("listing", listing, "work", work), problem);
    }

    static ServerResponse databases(Visit visit) {
        return asOperator(
                visit,
                api -> visit.page(
                        "databases",
                        Map.of("health", api.get(ApiPath.of("admin/database-health"), Platform.Databases.class))));
    }

    static ServerResponse decide(Visit visit) {
        String act = switch (visit.field("act")) {
            case "RETRY" -> "retries";
            case "COMPENSATE" -> "compensations";
            case "SKIP" -> "skips";
            default -> null;
        };
        if (act == null) {
            return visit.redirect(PATH + "/stuck-work");
        }
        ApiPath path = ApiPath.of(
                "admin/stuck-work/{service}/{kind}/{id}/" + act,
                visit.path("service"),
                visit.path("kind"),
                visit.path("id"));
        Map<String, Object> decision = Map.of("reason", visit.field("reason"), "version", visit.number("version", 0));
        return asOperator(
                visit,
                api -> visit.after(
                        api.post(path, decision, JsonNode.class),
                        PATH + "/stuck-work?said=decided",
                        problem -> stuckWork(visit, api, problem)));
    }

    /** Answers with the operator's key; asks for it where there is none, or none that is good any more. */
    private static ServerResponse asOperator(Visit visit, Function<Api, ServerResponse> page) {
        Api api = OperatorKey.api(visit);
        if (api == null) {
            return visit.redirect(PATH);
        }
        try {
            return page.apply(api);
        } catch (ApiException e) {
            if (!OperatorKey.isRefusal(e.problem())) {
                throw e;
            }
            OperatorKey.forget(visit);
            return askKey(visit, true);
        }
    }
}
