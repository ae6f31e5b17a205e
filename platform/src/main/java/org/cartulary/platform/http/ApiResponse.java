package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A response whose errors are problems. */
final class ApiResponse extends HttpServletResponseWrapper {

    private final HttpServletRequest request;
    private final ProblemAnswers problems;

    ApiResponse(HttpServletRequest request, HttpServletResponse response, ProblemAnswers problems) {
        super(response);
        this.request = request;
        this.problems = problems;
    }

    @Override
    public void sendError(int status) throws IOException {
        HttpStatus known = Objects.requireNonNullElse(HttpStatus.resolve(status), HttpStatus.INTERNAL_SERVER_ERROR);
        if (!known.isError() || isCommitted()) {
            super.sendError(status);
            return;
        }
        ProblemException problem = known.is5xxServerError()
                ? ProblemDocuments.internalError()
                : ProblemException.of(known, ProblemDocuments.codeOf(known), known.getReasonPhrase());
        problems.write(problem, request, this);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        sendError(status);
    }
}
