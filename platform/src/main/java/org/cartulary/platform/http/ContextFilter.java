package org.cartulary.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.database.SqlUse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Finds out who asks, for which tenant and under which trace, and serves the request in that context. Whatever fails
 * outside the controllers is answered as a problem here. Thread-safe.
 */
final class ContextFilter extends OncePerRequestFilter implements Ordered {

    static final String TRACE_ID = ContextFilter.class.getName() + ".traceId";
    static final String TRACE_PARENT = "traceparent";
    static final String INTERNAL_PREFIX = "/internal/";

    private static final String CONTEXT = ContextFilter.class.getName() + ".context";
    private static final String SUSPENDED = ContextFilter.class.getName() + ".suspended";
    private static final String SERVICE_CALL = ContextFilter.class.getName() + ".serviceCall";
    /** In the log: the process that calls. */
    private static final String CALLER = "caller";

    private static final String BEARER = "Bearer ";
    private static final int AFTER_OBSERVATION = Ordered.HIGHEST_PRECEDENCE + 20;
    private static final Logger LOG = LoggerFactory.getLogger(ContextFilter.class);

    private final AccessVerifier verifier;
    private final ServiceContextCodec codec;
    private final ProblemAnswers problems;
    private final int maxRequestBytes;
    private final List<LargeBody> largeBodies;

    ContextFilter(
            AccessVerifier verifier,
            ServiceContextCodec codec,
            ProblemAnswers problems,
            int maxRequestBytes,
            List<LargeBody> largeBodies) {
        this.verifier = verifier;
        this.codec = codec;
        this.problems = problems;
        this.maxRequestBytes = maxRequestBytes;
        this.largeBodies = List.copyOf(largeBodies);
    }

    /** Whether the request carries a context that another service has signed. */
    static boolean isServiceCall(HttpServletRequest request) {
        return request.getAttribute(SERVICE_CALL) instanceof ServiceCall;
    }

    /** Whether the tenant in whose name a request from outside is made is suspended. */
    static boolean isOfSuspendedTenant(HttpServletRequest request) {
        return request.getAttribute(SUSPENDED) != null;
    }

    @Override
    public int getOrder() {
        return AFTER_OBSERVATION;
    }

    /** The second half of an asynchronous request runs on another thread and needs the context there. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(CONTEXT) instanceof RequestContext context) {
            serve(context, request, response, chain);
            return;
        }
        ApiResponse answer = begin(request, response);
        HttpServletRequest limited = request;
        try {
            limited = limited(request);
            UnstorableCharacters.refuseInQuery(request);
            QueryEncoding.refuseUnreadable(request);
            RequestContext context = contextOf(limited);
            request.setAttribute(CONTEXT, context);
            LOG.debug("{} {} begins", request.getMethod(), request.getRequestURI());
            serve(context, limited, answer, chain);
        } catch (Exception e) {
            fail(e, request, answer);
        } finally {
            readToEnd(limited);
            MDC.remove("traceId");
            MDC.remove(CALLER);
        }
    }

    private ApiResponse begin(HttpServletRequest request, HttpServletResponse response) {
        String traceId = TraceIds.fromTraceParent(request.getHeader(TRACE_PARENT));
        request.setAttribute(TRACE_ID, traceId);
        MDC.put("traceId", traceId);
        response.setHeader(TRACE_PARENT, TraceIds.toTraceParent(traceId));
        String path = request.getRequestURI();
        if (path.startsWith("/api/") || path.startsWith(INTERNAL_PREFIX)) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        return new ApiResponse(request, response, problems);
    }

    private HttpServletRequest limited(HttpServletRequest request) throws RequestTooLargeException {
        boolean ofService = request.getHeader(ServiceContextCodec.HEADER) != null;
        int maxBytes = ofService ? maxRequestBytes : maxBytesOf(request);
        if (request.getContentLengthLong() > maxBytes) {
            throw new RequestTooLargeException(maxBytes);
        }
        LimitedRequest limited = new LimitedRequest(request, maxBytes);
        return ofService ? new WholeRequest(limited) : limited;
    }

    private int maxBytesOf(HttpServletRequest request) {
        return largeBodies.stream()
                .filter(large -> large.method().equals(request.getMethod())
                        && large.path().equals(request.getRequestURI()))
                .mapToInt(LargeBody::maxBytes)
                .findFirst()
                .orElse(
                        isPicture(request)
                                ? Math.max(maxRequestBytes, HttpSettings.MAX_PICTURE_BYTES)
                                : maxRequestBytes);
    }

    /** Nothing but what takes pictures reads a body of such a type. */
    private static boolean isPicture(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "image/", 0, "image/".length());
    }

    /** A request may be refused before its body has come; unless that is read, the connection ends without a word. */
    private void readToEnd(HttpServletRequest request) {
        LimitedRequest limited = WebUtils.getNativeRequest(request, LimitedRequest.class);
        if (limited != null && !request.isAsyncStarted()) {
            try {
                limited.readToEnd(maxRequestBytes);
            } catch (IOException e) {
                LOG.debug("the rest of a body that is not needed cannot be read: {}", e.getMessage());
            }
        }
    }

    private RequestContext contextOf(HttpServletRequest request) throws IOException {
        if (request instanceof WholeRequest whole) {
            ServiceCall call = codec.decode(
                    request.getHeader(ServiceContextCodec.HEADER), request.getMethod(), target(request), whole::body);
            request.setAttribute(SERVICE_CALL, call);
            MDC.put(CALLER, call.caller());
            return call.context();
        }
        if (request.getRequestURI().startsWith(INTERNAL_PREFIX)) {
            throw ServiceContextCodec.invalid();
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization == null ? visitor(request) : holderOf(authorization, request);
    }

    private static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    private RequestContext holderOf(String authorization, HttpServletRequest request) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new InvalidTokenException(InvalidTokenException.INVALID);
        }
        String token = authorization.substring(BEARER.length()).strip();
        AccessVerifier.Access access = asPlatform(request, () -> admitted(token, request));
        return new RequestContext(access.tenantId(), access.principal(), traceId(request));
    }

    private AccessVerifier.Access admitted(String token, HttpServletRequest request) {
        AccessVerifier.Access access = verifier.verifyBearer(token);
        noteSuspension(access.tenantId(), request);
        return access;
    }

    private void noteSuspension(@Nullable UUID tenantId, HttpServletRequest request) {
        if (tenantId != null && verifier.isSuspended(tenantId)) {
            request.setAttribute(SUSPENDED, true);
        }
    }

    private RequestContext visitor(HttpServletRequest request) {
        String guestToken = request.getHeader(GuestTokens.HEADER);
        Principal principal = guestToken == null
                ? Principal.visitor()
                : new Principal(Principal.Kind.GUEST, GuestTokens.idOf(guestToken), Set.of());
        return new RequestContext(tenantOf(request), principal, traceId(request));
    }

    /** A health check has to be answered even if the directory of tenants cannot be. */
    private @Nullable UUID tenantOf(HttpServletRequest request) {
        String host = request.getServerName();
        if (host == null || request.getRequestURI().startsWith("/actuator")) {
            return null;
        }
        return asPlatform(request, () -> shopOf(host.toLowerCase(Locale.ROOT), request));
    }

    private @Nullable UUID shopOf(String host, HttpServletRequest request) {
        UUID tenantId = verifier.tenantOfHost(host);
        noteSuspension(tenantId, request);
        return tenantId;
    }

    private static <T extends @Nullable Object> T asPlatform(HttpServletRequest request, Supplier<T> work) {
        return RequestContext.ofSystem(null, traceId(request)).supply(work);
    }

    private static String traceId(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(TRACE_ID));
    }

    private static void serve(
            RequestContext context, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            SqlUse use = SqlUse.begin(SqlBudgets.LOG.isDebugEnabled());
            context.call(() -> use.count(() -> {
                chain.doFilter(request, response);
                return null;
            }));
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private void fail(Exception fault, HttpServletRequest request, ApiResponse answer)
            throws ServletException, IOException {
        if (answer.isCommitted()) {
            switch (fault) {
                case ServletException e -> throw e;
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                default -> throw new ServletException(fault);
            }
        }
        ProblemException problem = switch (fault) {
            case ProblemException e -> e;
            case InvalidTokenException e -> ProblemDocuments.invalidToken(e);
            case RequestTooLargeException e -> e.problem();
            default ->
                Objects.requireNonNullElseGet(ProblemDocuments.unavailable(fault), ProblemDocuments::internalError);
        };
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            LOG.warn("{} {} cannot be served now: {}", request.getMethod(), request.getRequestURI(), problem.detail());
        } else if (problem.status().is5xxServerError()) {
            LOG.error("{} {} failed, trace {}", request.getMethod(), request.getRequestURI(), traceId(request), fault);
        }
        problems.write(problem, request, answer);
    }
}
