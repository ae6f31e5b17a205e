package org.cartulary.admin;

import java.util.Map;
import java.util.Set;
import org.cartulary.contracts.auth.PageSession;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.pages.ApiException;
import org.cartulary.pages.PageRoutes;
import org.cartulary.pages.PageRoutes.Page;
import org.cartulary.pages.Site;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Which page answers which address. All but signing in is for the shop's staff. */
final class AdminRoutes {

    private static final Set<String> STAFF = Set.of(Roles.ADMIN, Roles.SUPPORT);

    private final PageRoutes routes;

    private AdminRoutes(Site site) {
        this.routes = new PageRoutes(site);
    }

    static RouterFunction<ServerResponse> of(Site site) {
        AdminRoutes admin = new AdminRoutes(site);
        admin.routes
                .get("/sign-in", SignInPages::ask)
                .post("/sign-in", SignInPages::signIn)
                .post("/sign-out", SignInPages::signOut);
        admin.get("", DashboardPage::show)
                .orders()
                .products()
                .stock()
                .promotions()
                .people()
                .get("/settings", SettingsPage::show)
                .post("/settings", SettingsPage::change)
                .platform();
        return admin.routes.build();
    }

    private AdminRoutes orders() {
        return get("/orders", OrderPages::list)
                .get("/orders/{id}", OrderPages::show)
                .post("/orders/{id}/notes", OrderPages::note)
                .post("/orders/{id}/shipments", OrderPages::pack)
                .post("/orders/{id}/shipments/{shipment}", OrderPages::moveParcel)
                .post("/orders/{id}/cancellation", OrderPages::cancel)
                .post("/orders/{id}/refunds", OrderPages::refund);
    }

    private AdminRoutes products() {
        return get("/products", ProductPages::list)
                .get("/products/new", ProductPages::askNew)
                .post("/products/new", ProductPages::add)
                .get("/products/{id}", ProductPages::show)
                .post("/products/{id}", ProductPages::change)
                .get("/products/{id}/variants", VariantPages::show)
                .post("/products/{id}/variants", VariantPages::change)
                .post("/products/{id}/options", VariantPages::chooseOptions)
                .post("/products/{id}/state", ProductPages::setState)
                .post("/products/{id}/deletion", ProductPages::delete)
                .post("/products/{id}/pictures", ProductPages::addPicture)
                .post("/products/{id}/pictures/removal", ProductPages::removePicture)
                .get("/categories", CategoryPages::list)
                .get("/new-category", CategoryPages::askNew)
                .post("/new-category", CategoryPages::add)
                .get("/categories/{slug}", CategoryPages::show)
                .post("/categories/{slug}", CategoryPages::save);
    }

    private AdminRoutes stock() {
        return get("/stock", StockPages::list)
                .get("/stock/{id}", StockPages::product)
                .post("/stock/{id}/adjustments", StockPages::adjust)
                .get("/stock-alerts", StockPages::alerts)
                .post("/stock-alerts/{id}/acknowledgement", StockPages::acknowledge)
                .get("/warehouses", StockPages::warehouses)
                .post("/warehouses", StockPages::addWarehouse)
                .post("/warehouses/{id}", StockPages::changeWarehouse);
    }

    private AdminRoutes promotions() {
        return get("/promotions", PromotionPages::list)
                .get("/promotions/new", PromotionPages::askNew)
                .post("/promotions/new", PromotionPages::add)
                .get("/promotions/{id}", PromotionPages::show)
                .post("/promotions/{id}/activation", PromotionPages::activate)
                .post("/promotions/{id}/ending", PromotionPages::end);
    }

    private AdminRoutes people() {
        return get("/customers", CustomerPages::list)
                .get("/customers/{id}", CustomerPages::show)
                .post("/customers/{id}/erasure", CustomerPages::erase)
                .get("/reviews", ReviewPages::list)
                .post("/reviews/{id}/approval", ReviewPages::approve)
                .post("/reviews/{id}/rejection", ReviewPages::reject)
                .get("/staff", StaffPages::list)
                .post("/staff", StaffPages::invite)
                .post("/staff/{id}/role", StaffPages::changeRole)
                .post("/staff/{id}/ending", StaffPages::end);
    }

    private AdminRoutes platform() {
        return get("/platform", PlatformPages::askKey)
                .post("/platform", PlatformPages::takeKey)
                .post("/platform/key-removal", PlatformPages::forgetKey)
                .get("/platform/tenants", PlatformPages::tenants)
                .post("/platform/tenants", PlatformPages::addTenant)
                .post("/platform/tenants/{id}/suspension", PlatformPages::suspend)
                .post("/platform/tenants/{id}/activation", PlatformPages::open)
                .get("/platform/databases", PlatformPages::databases)
                .get("/platform/stuck-work", PlatformPages::stuckWork)
                .post("/platform/stuck-work/{service}/{kind}/{id}", PlatformPages::decide);
    }

    private AdminRoutes get(String path, Page page) {
        routes.get(path, forStaff(page));
        return this;
    }

    private AdminRoutes post(String path, Page page) {
        routes.post(path, forStaff(page));
        return this;
    }

    private static Page forStaff(Page page) {
        return visit -> {
            PageSession person = visit.session();
            if (person == null) {
                throw ApiException.signInFirst();
            }
            return STAFF.contains(person.role())
                    ? page.answer(visit)
                    : visit.page(HttpStatus.FORBIDDEN, "not-staff", Map.of());
        };
    }
}
