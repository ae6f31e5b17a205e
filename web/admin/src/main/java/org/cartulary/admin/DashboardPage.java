package org.cartulary.admin;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiException;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Shop;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;

/** How the shop does, and what is to be done today. */
final class DashboardPage {

    private static final int SHOWN = 5;

    private DashboardPage() {}

    record Seller(UUID productId, String sku, String name, long units, SalesFigures.Sum revenue) {}

    record BestSellers(List<Seller> items) {}

    static ServerResponse show(Visit visit) {
        Map<String, Object> model = new HashMap<>();
        Api api = visit.api();
        if (Rights.allows(visit, Permissions.ORDERS_READ)) {
            sales(visit, api, model);
            model.put(
                    "toBeSent",
                    api.get(ApiPath.of("admin/orders").with("toBeSent", true).with("limit", SHOWN), Orders.Rows.class));
        }
        if (Rights.allows(visit, Permissions.STOCK_READ)) {
            Stock.Alerts alerts = api.get(ApiPath.of("admin/stock-alerts").with("limit", SHOWN), Stock.Alerts.class);
            model.put("alerts", alerts);
            model.put("names", ProductNames.of(visit, alerts.productIds()));
        }
        if (Rights.allows(visit, Permissions.REVIEWS_MODERATE)) {
            model.put("reviews", api.get(ApiPath.of("admin/reviews").with("limit", SHOWN), Reviews.Listed.class));
        }
        model.put("stuckWork", stuckWork(visit));
        return visit.page("dashboard", model);
    }

    private static void sales(Visit visit, Api api, Map<String, Object> model) {
        Shop shop = Shop.of(visit);
        LocalDate today = shop.today();
        LocalDate tomorrow = today.plusDays(1);
        SalesFigures.Report report = api.get(
                ApiPath.of("admin/reports/sales")
                        .with("from", SalesFigures.firstDay(today))
                        .with("until", tomorrow)
                        .with("timeZone", shop.timeZone()),
                SalesFigures.Report.class);
        SalesFigures figures = SalesFigures.of(report, shop.currency(), today);
        model.put("figures", figures);
        model.put("chart", Chart.of(figures.days()));
        model.put(
                "bestSellers",
                api.get(
                        ApiPath.of("admin/reports/best-sellers")
                                .with("from", today.minusDays(SalesFigures.SHOWN_DAYS - 1L))
                                .with("until", tomorrow)
                                .with("timeZone", shop.timeZone())
                                .with("limit", SHOWN),
                        BestSellers.class));
    }

    /** What is stuck, {@code null} where nobody has given the operator's key, or it is none any more. */
    private static Platform.@Nullable StuckWork stuckWork(Visit visit) {
        Api operator = OperatorKey.api(visit);
        if (operator == null) {
            return null;
        }
        try {
            return operator.get(ApiPath.of("admin/stuck-work").with("limit", SHOWN), Platform.StuckWork.class);
        } catch (ApiException e) {
            if (!OperatorKey.isRefusal(e.problem())) {
                throw e;
            }
            OperatorKey.forget(visit);
            return null;
        }
    }
}
