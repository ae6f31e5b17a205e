package org.cartulary.storefront;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cartulary.contracts.auth.PageSessionsApi;
import org.cartulary.pages.ApiCalls;
import org.cartulary.pages.Assets;
import org.cartulary.pages.PageTemplates;
import org.cartulary.pages.PagesConfiguration;
import org.cartulary.pages.Site;
import org.cartulary.pages.SiteProblems;
import org.cartulary.platform.http.EdgeSettings;
import org.cartulary.platform.http.PageSite;
import org.cartulary.platform.http.ProblemPages;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Wires the storefront. */
@Configuration(proxyBeanMethods = false)
@Import(PagesConfiguration.class)
public class StorefrontConfiguration {

    @Bean
    PageSite storefrontPages() {
        return new PageSite("/", Set.of("/sign-in", "/register", "/verify", "/forgotten-password", "/new-password"));
    }

    @Bean
    Site storefrontSite(
            @Qualifier("storefrontPages") PageSite pages, ApiCalls api, PageSessionsApi sessions, EdgeSettings edge) {
        return new Site(
                pages,
                new PageTemplates("storefront"),
                new Assets(
                        "/assets",
                        Map.of(
                                "shop.css", "pages/storefront/shop.css",
                                "shop.js", "pages/storefront/shop.js",
                                "favicon.svg", "pages/storefront/favicon.svg",
                                "tokens.css", "pages/shared/tokens.css",
                                "forms.js", "pages/shared/forms.js",
                                "fraunces.woff2", "pages/shared/fraunces.woff2",
                                "inter.woff2", "pages/shared/inter.woff2",
                                "htmx.js", Assets.HTMX)),
                List.of(Locale.ENGLISH, Locale.GERMAN),
                "shop_session",
                api,
                sessions,
                edge.behindTls(),
                Shopfront::of);
    }

    @Bean
    RouterFunction<ServerResponse> storefrontRoutes(@Qualifier("storefrontSite") Site site) {
        return StorefrontRoutes.of(site);
    }

    @Bean
    ProblemPages storefrontProblems(@Qualifier("storefrontSite") Site site) {
        return new SiteProblems(site);
    }
}
