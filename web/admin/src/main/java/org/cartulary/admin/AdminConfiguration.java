package org.cartulary.admin;

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
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Wires the pages of the staff. */
@Configuration(proxyBeanMethods = false)
@Import(PagesConfiguration.class)
public class AdminConfiguration {

    @Bean
    PageSite adminPages() {
        return new PageSite("/admin", Set.of("/admin/sign-in", "/admin/platform"));
    }

    @Bean
    Site adminSite(@Qualifier("adminPages") PageSite pages, ApiCalls api, PageSessionsApi sessions, EdgeSettings edge) {
        return new Site(
                pages,
                new PageTemplates("admin"),
                new Assets(
                        "/admin/assets",
                        Map.of(
                                "admin.css", "pages/admin/admin.css",
                                "admin.js", "pages/admin/admin.js",
                                "favicon.svg", "pages/admin/favicon.svg",
                                "tokens.css", "pages/shared/tokens.css",
                                "forms.js", "pages/shared/forms.js",
                                "fraunces.woff2", "pages/shared/fraunces.woff2",
                                "inter.woff2", "pages/shared/inter.woff2")),
                List.of(Locale.ENGLISH, Locale.GERMAN),
                "admin_session",
                api,
                sessions,
                edge.behindTls(),
                Rights::of);
    }

    /** Asked before the pages that answer for whatever is nobody else's. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> adminRoutes(@Qualifier("adminSite") Site site) {
        return AdminRoutes.of(site);
    }

    @Bean
    @Order(0)
    ProblemPages adminProblems(@Qualifier("adminSite") Site site) {
        return new SiteProblems(site);
    }
}
