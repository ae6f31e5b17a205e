package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Answers with problems: programs with a document (RFC 9457), browsers that ask for a page with a page. Thread-safe. */
final class ProblemAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final JsonMapper json;
    private final ObjectProvider<ProblemPages> pages;

    /** @param pages asked when there is a problem, since they stand on much that is made later than this */
    ProblemAnswers(JsonMapper json, ObjectProvider<ProblemPages> pages) {
        this.json = json;
        this.pages = pages;
    }

    /** Answers with the problem; a request that has been answered in part already cannot be. */
    void write(ProblemException problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpHeaders headers = ProblemDocuments.headers(problem);
        byte[] page = pageOf(problem, request, headers);
        byte[] body = page == null ? json.writeValueAsBytes(ProblemDocuments.document(problem, request)) : page;
        response.resetBuffer();
        response.setStatus(problem.status().value());
        headers.forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** The same for Spring MVC to write. */
    ResponseEntity<Object> entity(ProblemException problem, HttpHeaders more, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(more);
        headers.putAll(ProblemDocuments.headers(problem));
        byte[] page = pageOf(problem, request, headers);
        return new ResponseEntity<>(
                page == null ? ProblemDocuments.document(problem, request) : page, headers, problem.status());
    }

    private byte @Nullable [] pageOf(ProblemException problem, HttpServletRequest request, HttpHeaders headers) {
        String page = pageOf(problem, request);
        if (page == null) {
            return null;
        }
        headers.setContentType(HTML);
        headers.setCacheControl(CacheControl.noStore());
        return page.getBytes(StandardCharsets.UTF_8);
    }

    /** A page that fails must not hide what it was to tell. */
    private @Nullable String pageOf(ProblemException problem, HttpServletRequest request) {
        try {
            return pages.orderedStream()
                    .map(site -> site.of(request, problem.status(), problem.code(), ProblemDocuments.traceId(request)))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        } catch (RuntimeException e) {
            LOG.error("the page that tells of {} fails", problem.code(), e);
            return null;
        }
    }
}
