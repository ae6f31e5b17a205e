package org.cartulary.admin;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** How the shop sells. */
final class SettingsPage {

    private static final ApiPath SETTINGS = ApiPath.of("admin/settings");
    private static final List<String> ORDER_RULES =
            List.of("minimumTotal", "maximumTotal", "maximumLines", "maximumPendingOrders", "unpaidMinutes");

    private SettingsPage() {}

    record OrderRules(
            BigDecimal minimumTotal,
            BigDecimal maximumTotal,
            int maximumLines,
            int maximumPendingOrders,
            int unpaidMinutes) {}

    record ReservationRules(int minutes, int maximumOpenPerProduct) {}

    record Settings(
            String currency,
            String language,
            String timeZone,
            OrderRules orders,
            ReservationRules reservations,
            int cartDays,
            int checkoutMinutes,
            boolean pricesIncludeTax) {}

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        Api.Versioned<Settings> settings = visit.api().getVersioned(SETTINGS, Settings.class);
        return visit.page("settings", Map.of("settings", settings.value(), "version", settings.version()), problem);
    }

    static ServerResponse change(Visit visit) {
        Map<String, Object> orders = new HashMap<>();
        ORDER_RULES.forEach(rule -> orders.put(rule, Typed.number(visit, rule)));
        Map<String, Object> reservations = new HashMap<>();
        reservations.put("minutes", Typed.number(visit, "minutes"));
        reservations.put("maximumOpenPerProduct", Typed.number(visit, "maximumOpenPerProduct"));
        Map<String, Object> change = new HashMap<>();
        change.put("language", visit.fieldOrNull("language"));
        change.put("timeZone", visit.fieldOrNull("timeZone"));
        change.put("cartDays", Typed.number(visit, "cartDays"));
        change.put("checkoutMinutes", Typed.number(visit, "checkoutMinutes"));
        change.put("pricesIncludeTax", visit.has("pricesIncludeTax"));
        change.put("orders", orders);
        change.put("reservations", reservations);
        Outcome<JsonNode> outcome =
                visit.api().withVersion(visit.number("version", 0)).put(SETTINGS, change, JsonNode.class);
        return visit.after(outcome, "/admin/settings?said=saved", problem -> show(visit, problem));
    }
}
