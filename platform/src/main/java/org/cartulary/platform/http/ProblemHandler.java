package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.cartulary.platform.money.UnsupportedCurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers every fault as a problem. What nobody expected is logged with its trace and answered 500
 * {@code internal-error} without details. Thread-safe.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private static final DisconnectedClientHelper DISCONNECTED =
            new DisconnectedClientHelper(ProblemHandler.class.getName() + ".disconnected");

    /** An answer that fails while it is made, such as a file that cannot be read, has named these already. */
    private static final List<String> WHAT_THE_ANSWER_WAS_TO_BE = List.of(
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.CONTENT_DISPOSITION,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.ETAG,
            HttpHeaders.LAST_MODIFIED,
            HttpHeaders.ACCEPT_RANGES,
            HttpHeaders.CONTENT_RANGE);

    private final ProblemAnswers problems;

    ProblemHandler(ProblemAnswers problems) {
        this.problems = problems;
    }

    /** Faults of the application and of the libraries below it. */
    @ExceptionHandler
    @Nullable ResponseEntity<Object> handleFault(Exception fault, HttpServletRequest request, HttpServletResponse response) {
        Exception unwrapped = unwrapped(fault);
        ProblemException problem = switch (unwrapped) {
            case ProblemException e -> e;
            case InvalidTokenException e -> ProblemDocuments.invalidToken(e);
            case RequestTooLargeException e -> e.problem();
            case UnsupportedCurrencyException e ->
                ProblemException.unprocessable("unsupported-currency", String.valueOf(e.getMessage()));
            default -> ProblemDocuments.unavailable(unwrapped);
        };
        if (problem == null && DISCONNECTED.checkAndLogClientDisconnectedException(unwrapped)) {
            return null;
        }
        WHAT_THE_ANSWER_WAS_TO_BE.forEach(header -> response.setHeader(header, null));
        return answer(
                problem == null ? ProblemDocuments.internalError() : problem, unwrapped, HttpHeaders.EMPTY, request);
    }

    /** Faults that Spring MVC finds in a request. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception fault, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpServletRequest servletRequest = ((ServletWebRequest) request).getRequest();
        var response = ((ServletWebRequest) request).getResponse();
        if (response != null && response.isCommitted()) {
            LOG.warn("the answer had begun when this failed", fault);
            return null;
        }
        return answer(problemOf(fault, status), fault, headers, servletRequest);
    }

    private static ProblemException problemOf(Exception fault, HttpStatusCode status) {
        if (status.is5xxServerError() && status.value() != HttpStatus.SERVICE_UNAVAILABLE.value()) {
            return ProblemDocuments.internalError();
        }
        return switch (fault) {
            case NoResourceFoundException _ -> unknownRoute();
            case NoHandlerFoundException _ -> unknownRoute();
            case HttpRequestMethodNotSupportedException e ->
                ProblemException.of(
                        HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", e.getMethod() + " is not answered here");
            case HttpMediaTypeNotSupportedException _ ->
                ProblemException.of(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "unsupported-media-type",
                        "the Content-Type is not one that is read here");
            case HttpMediaTypeNotAcceptableException _ ->
                ProblemException.of(
                        HttpStatus.NOT_ACCEPTABLE, "not-acceptable", "no type that Accept names is written here");
            case HttpMessageNotReadableException e -> JsonProblems.of(e);
            case MethodArgumentNotValidException e -> ValidationProblems.of(e.getBindingResult());
            case HandlerMethodValidationException e -> ValidationProblems.of(e);
            case MissingServletRequestParameterException e ->
                missing("missing-parameter", "?" + e.getParameterName(), "the parameter " + e.getParameterName());
            case MissingRequestHeaderException e ->
                missing("missing-header", e.getHeaderName() + ":", "the header " + e.getHeaderName());
            case MissingServletRequestPartException e ->
                missing("missing-part", e.getRequestPartName(), "the part " + e.getRequestPartName());
            case TypeMismatchException e -> mismatch(e);
            case MaxUploadSizeExceededException _ ->
                ProblemException.of(HttpStatus.CONTENT_TOO_LARGE, "request-too-large", "the upload is too large");
            default -> named(status);
        };
    }

    private static ProblemException unknownRoute() {
        return ProblemException.notFound("unknown-route", "there is nothing at this path");
    }

    private static ProblemException missing(String code, String place, String what) {
        return ProblemException.badRequest(code, what + " is missing").with(place, code, what + " is missing");
    }

    private static ProblemException mismatch(TypeMismatchException fault) {
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsupportedCurrencyException) {
                return ProblemException.unprocessable("unsupported-currency", String.valueOf(cause.getMessage()));
            }
        }
        String place = fault instanceof MethodArgumentTypeMismatchException e
                ? ValidationProblems.place(e.getParameter())
                : "?" + fault.getPropertyName();
        return ProblemException.badRequest("invalid-parameter", "a parameter cannot be read")
                .with(place, "invalid-value", "this has to be " + JsonProblems.expected(fault.getRequiredType()));
    }

    private static ProblemException named(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        if (known == null || !known.isError()) {
            return ProblemDocuments.internalError();
        }
        return known == HttpStatus.SERVICE_UNAVAILABLE
                ? ProblemDocuments.unavailable("this took too long")
                : ProblemException.of(known, ProblemDocuments.codeOf(known), known.getReasonPhrase());
    }

    private static Exception unwrapped(Exception fault) {
        boolean wraps = fault instanceof CompletionException
                || fault instanceof ExecutionException
                || fault instanceof UndeclaredThrowableException;
        return wraps && fault.getCause() instanceof Exception cause ? unwrapped(cause) : fault;
    }

    private ResponseEntity<Object> answer(
            ProblemException problem, Exception fault, HttpHeaders headers, HttpServletRequest request) {
        String traceId = ProblemDocuments.traceId(request);
        if (fault instanceof ProblemException && problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            LOG.warn("{} {} cannot be served now: {}", request.getMethod(), request.getRequestURI(), problem.detail());
        } else if (problem.status().is5xxServerError()) {
            LOG.error("{} {} failed, trace {}", request.getMethod(), request.getRequestURI(), traceId, fault);
        } else {
            LOG.debug("{} {} answered {} {}", request.getMethod(), request.getRequestURI(), problem.code(), traceId);
        }
        return problems.entity(problem, headers, request);
    }
}
