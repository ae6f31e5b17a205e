package org.cartulary.platform.http;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Turns away who calls too often. Before anybody knows who calls, the address counts; then those who have shown a token or key
 * that admits them are counted by themselves, wherever they call from. Every request is counted for somebody: what shows a token
 * and fails before that has been looked at is counted for its address in the end. Thread-safe.
 */
final class CallLimits implements HandlerInterceptor {

    private static final String ADDRESS = CallLimits.class.getName() + ".address";
    private static final String COUNTED = CallLimits.class.getName() + ".counted";

    private final ClientAddresses addresses;
    private final CallLimit address;
    private final CallLimit credentials;
    private final CallLimit person;
    private final CallLimit key;
    private final AdmittedTokens admitted = new AdmittedTokens();
    private final List<PageSite> sites;

    CallLimits(EdgeSettings settings, TimeMeter time, MeterRegistry meters, List<PageSite> sites) {
        this.sites = sites;
        EdgeSettings.Limits limits = settings.limits();
        this.addresses = new ClientAddresses(settings.trustedProxies(), limits.exemptAddresses());
        this.address = new CallLimit("address", limits.address(), time, meters);
        this.credentials = new CallLimit("credentials", limits.credentials(), time, meters);
        this.person = new CallLimit("person", limits.person(), time, meters);
        this.key = new CallLimit("key", limits.key(), time, meters);
    }

    /**
     * Counts a request before it is looked at.
     *
     * @return the refusal, or {@code null} if it may go on
     */
    @Nullable ProblemException begin(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        // Health is asked by whoever runs the platform.
        String from = path.startsWith("/actuator") ? null : addresses.of(request);
        if (from == null) {
            return null;
        }
        request.setAttribute(ADDRESS, from);
        if (path.startsWith(ContextFilter.INTERNAL_PREFIX)) {
            // Services call each other as often as they have to, and whether it is one is known before anything is
            // read.
            return null;
        }
        String token = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (token == null) {
            request.setAttribute(COUNTED, true);
            return address.take(from, response);
        }
        // A token costs its address nothing, unless it turns out to be none.
        return address.isUsedUp(from) && !admitted.contains(token) ? address.take(from, response) : null;
    }

    /**
     * Counts for its address what nobody has counted, unless it failed for a reason of the platform's own. Only a token that was
     * refused is forgotten: what else went wrong says nothing of it, and a neighbour of its holder may have used the address up.
     */
    void end(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(ADDRESS) instanceof String from
                && request.getAttribute(COUNTED) == null
                && !ContextFilter.isServiceCall(request)) {
            int status = response.getStatus();
            if (status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
                address.charge(from);
            }
            String token = request.getHeader(HttpHeaders.AUTHORIZATION);
            if (token != null && status == HttpServletResponse.SC_UNAUTHORIZED) {
                admitted.forget(token);
            }
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // The second half of an asynchronous request comes here again.
        if (request.getDispatcherType() == DispatcherType.REQUEST && !ContextFilter.isServiceCall(request)) {
            request.setAttribute(COUNTED, true);
            RequestContext context = RequestContext.current();
            UUID caller = context.principal().id();
            CallLimit own = context.tenantId() == null
                    ? null
                    : limitOf(context.principal().kind());
            if (own != null && caller != null) {
                require(own.take(caller, response));
            }
            if (request.getAttribute(ADDRESS) instanceof String from) {
                keepAdmitted(request);
                if (takesCredentials(request, handler)) {
                    require(credentials.take(from, response));
                }
            }
        }
        return true;
    }

    /** What a page asks of the API it asks from the machine itself: only here is known from where somebody came. */
    private boolean takesCredentials(HttpServletRequest request, Object handler) {
        return handler instanceof HandlerMethod method
                ? method.hasMethodAnnotation(TakesCredentials.class)
                : sites.stream().anyMatch(site -> site.takesCredentials(request));
    }

    private void keepAdmitted(HttpServletRequest request) {
        String token = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (token != null) {
            admitted.keep(token);
        }
    }

    /** {@code null} for those who are counted by their address, and for the platform itself. */
    private @Nullable CallLimit limitOf(Principal.Kind kind) {
        return switch (kind) {
            case CUSTOMER, STAFF, VENDOR -> person;
            case INTEGRATION -> key;
            case GUEST, SYSTEM -> null;
        };
    }

    private static void require(@Nullable ProblemException refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }
}
