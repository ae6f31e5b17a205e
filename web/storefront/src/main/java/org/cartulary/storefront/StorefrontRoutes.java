package org.cartulary.storefront;

import org.cartulary.pages.PageRoutes;
import org.cartulary.pages.Site;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Which page answers which address. */
final class StorefrontRoutes {

    private StorefrontRoutes() {}

    static RouterFunction<ServerResponse> of(Site site) {
        return new PageRoutes(site)
                .get("/", HomePage::show)
                .get("/categories/{slug}", ProductListPage::ofCategory)
                .get("/search", ProductListPage::ofSearch)
                .get("/suggestions", SearchSuggestions::show)
                .get("/products/{slug}", ProductPage::show)
                .get("/products/{slug}/reviews", ProductPage::reviews)
                .post("/products/{slug}/reviews", ProductPage::review)
                .get("/cart", CartPage::show)
                .post("/cart/items", CartPage::add)
                .post("/cart/items/{productId}", CartPage::change)
                .post("/cart/coupon", CartPage::useCoupon)
                .get("/checkout", CheckoutPages::askAddress)
                .post("/checkout", CheckoutPages::takeAddress)
                .get("/checkout/{id}", CheckoutPages::show)
                .post("/checkout/{id}/shipping", CheckoutPages::chooseShipping)
                .post("/checkout/{id}/payment", CheckoutPages::pay)
                .get("/orders/{id}", OrderPage::show)
                .post("/orders/{id}/cancellation", OrderPage::cancel)
                .get("/sign-in", SignInPages::ask)
                .post("/sign-in", SignInPages::signIn)
                .post("/sign-out", SignInPages::signOut)
                .get("/register", RegisterPages::ask)
                .post("/register", RegisterPages::register)
                .get("/verify", RegisterPages::askCode)
                .post("/verify", RegisterPages::verify)
                .get("/forgotten-password", PasswordPages::ask)
                .post("/forgotten-password", PasswordPages::sendMail)
                .get("/new-password", PasswordPages::askNew)
                .post("/new-password", PasswordPages::setNew)
                .get("/account", AccountPages.ofCustomer(AccountPages::orders))
                .get("/account/profile", AccountPages.ofCustomer(ProfilePage::show))
                .post("/account/profile", AccountPages.ofCustomer(ProfilePage::change))
                .get("/account/addresses", AccountPages.ofCustomer(AccountPages::addresses))
                .post("/account/addresses", AccountPages.ofCustomer(AccountPages::addAddress))
                .post("/account/addresses/{id}/removal", AccountPages.ofCustomer(AccountPages::removeAddress))
                .get("/account/privacy", AccountPages.ofCustomer(AccountPages::privacy))
                .post("/account/consents", AccountPages.ofCustomer(AccountPages::consent))
                .get("/account/export", AccountPages.ofCustomer(AccountPages::export))
                .post("/account/erasure", AccountPages.ofCustomer(AccountPages::erase))
                .get("/account/sessions", AccountPages.ofSignedIn(AccountPages::sessions))
                .post("/account/sessions/{id}/end", AccountPages.ofSignedIn(AccountPages::endSession))
                .build();
    }
}
