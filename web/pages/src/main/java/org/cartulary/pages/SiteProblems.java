package org.cartulary.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.cartulary.platform.http.ProblemPages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * What the platform refuses browsers of a site before its routes are asked, told on the site's page {@code error}. Thread-safe.
 *
 * @param site whose browsers they are
 */
public record SiteProblems(Site site) implements ProblemPages {

    @Override
    public @Nullable String of(HttpServletRequest request, HttpStatus status, String code, String traceId) {
        ServerRequest asked = ServerRequest.create(request, List.of());
        return site.pages().owns(request) && Browsers.asks(asked)
                ? new Visit(site, asked).errorHtml(status, code, traceId)
                : null;
    }
}
