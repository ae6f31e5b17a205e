package org.cartulary.pages;

import java.time.Duration;
import java.util.Locale;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The routes of a site, in the order in which they are tried. Each request is answered with a page, whatever happens: what the API
 * refuses or fails at is told in words on the page {@code error}; whoever has to sign in first is led to {@code sign-in}.
 */
public final class PageRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(PageRoutes.class);
    private static final Duration A_YEAR = Duration.ofDays(365);

    private final Site site;
    private final String root;
    private final RouterFunctions.Builder routes = RouterFunctions.route();

    /** Begins with what every site answers: its assets and the choice of a language. */
    public PageRoutes(Site site) {
        this.site = site;
        this.root = site.pages().path().equals("/") ? "" : site.pages().path();
        routes.route(reading("/assets/{hash}/{name}"), site.assets()::serve);
        post("/language", PageRoutes::chooseLanguage);
    }

    /** Answers a visit. */
    @FunctionalInterface
    public interface Page {

        /** The answer. */
        ServerResponse answer(Visit visit);
    }

    /** Shows a page. */
    public PageRoutes get(String path, Page page) {
        routes.route(reading(path), request -> answer(request, page));
        return this;
    }

    /** Whoever asks only whether a page is there gets no body. */
    private RequestPredicate reading(String path) {
        return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD).and(RequestPredicates.path(root + path));
    }

    /** Does what a form says. */
    public PageRoutes post(String path, Page page) {
        routes.POST(root + path, request -> answer(request, page));
        return this;
    }

    /** All of them; a browser that asks for anything else of the site is told on a page that there is nothing. */
    public RouterFunction<ServerResponse> build() {
        return routes.route(
                        RequestPredicates.path("/**")
                                .and(request -> site.pages().owns(request.servletRequest()))
                                .and(Browsers::asks),
                        request -> answer(request, visit -> problemPage(visit, HttpStatus.NOT_FOUND, "unknown-page")))
                .build();
    }

    private ServerResponse answer(ServerRequest request, Page page) {
        Visit visit = new Visit(site, request);
        if (RequestContext.current().tenantId() == null) {
            return problemPage(visit, HttpStatus.NOT_FOUND, "unknown-shop");
        }
        if (CrossSiteForms.isOne(request)) {
            return problemPage(visit, HttpStatus.FORBIDDEN, "cross-site-form");
        }
        if (!isReadable(request)) {
            return problemPage(visit, HttpStatus.BAD_REQUEST, "unreadable-form");
        }
        try {
            return page.answer(visit);
        } catch (ApiException e) {
            return answerTo(e, visit);
        } catch (ProblemException e) {
            // Auth is asked directly whose page session it is; what it fails at comes as a problem of the platform.
            LOG.warn("{} {} cannot be answered: {}", request.method(), request.path(), e.detail());
            return problemPage(visit, e.status(), e.code());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed, trace {}", request.method(), request.path(), traceId(), e);
            return problemPage(visit, HttpStatus.INTERNAL_SERVER_ERROR, "internal-error");
        }
    }

    /** A form is read when it is asked for its fields; a spoilt one is its sender's fault. */
    private static boolean isReadable(ServerRequest request) {
        try {
            request.servletRequest().getParameterMap();
            return true;
        } catch (RuntimeException e) {
            LOG.debug("{} {} has a form that cannot be read", request.method(), request.path(), e);
            return false;
        }
    }

    private ServerResponse answerTo(ApiException fault, Visit visit) {
        Problem problem = fault.problem();
        if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
            String said = visit.hasLostSession() ? "told=session-over&" : "";
            visit.forgetSession();
            return visit.redirect(root + "/sign-in?" + said + "next=" + Paths.encoded(Paths.asked(visit)));
        }
        HttpStatus known = HttpStatus.resolve(problem.status());
        HttpStatus status = known == null ? HttpStatus.BAD_GATEWAY : known;
        if (status.is5xxServerError()) {
            LOG.warn(
                    "{} {} cannot be answered: {}",
                    visit.request().method(),
                    visit.request().path(),
                    fault.getMessage());
        }
        return problemPage(visit, status, problem.code(), problem.retryAfterSeconds());
    }

    private static ServerResponse problemPage(Visit visit, HttpStatus status, String code) {
        return problemPage(visit, status, code, null);
    }

    private static ServerResponse problemPage(
            Visit visit, HttpStatus status, String code, @Nullable Integer retryAfterSeconds) {
        return visit.errorPage(status, code, traceId(), retryAfterSeconds);
    }

    private static String traceId() {
        return RequestContext.current().traceId();
    }

    private static ServerResponse chooseLanguage(Visit visit) {
        String language = visit.field("language").toLowerCase(Locale.ROOT);
        if (language.matches("[a-z]{2}")) {
            visit.cookies().keep(Visit.LANGUAGE, language, A_YEAR);
        }
        return visit.redirect(Paths.ofOwnSite(visit.field("next")));
    }
}
