package org.cartulary.platform.http;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Turns away who calls too often. Before anybody knows who calls, the address counts; then those who have shown a token or key
 * that admits them are counted by themselves, wherever they call from. Thread-safe.
 */
final class CallLimits implements HandlerInterceptor {

    private static final String ADDRESS = CallLimits.class.getName() + ".address";

    private final ClientAddresses addresses;
    private final CallLimit address;
    private final CallLimit credentials;
    private final CallLimit person;
    private final CallLimit key;

    CallLimits(EdgeSettings settings, TimeMeter time, MeterRegistry meters) {
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
        String from = counts(request) ? addresses.of(request) : null;
        if (from == null) {
            return null;
        }
        request.setAttribute(ADDRESS, from);
        // A token costs its address nothing, unless it turns out to be none.
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null
                ? address.take(from, response)
                : address.look(from, response);
    }

    /** Services call each other as often as they have to, and health is asked by whoever runs the platform. */
    private static boolean counts(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !path.startsWith(ContextFilter.INTERNAL_PREFIX) && !path.startsWith("/actuator");
    }

    /** Counts a request whose token was none. */
    void end(HttpServletRequest request, HttpServletResponse response) {
        if (response.getStatus() == HttpStatus.UNAUTHORIZED.value()
                && request.getAttribute(ADDRESS) instanceof String from
                && request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            address.charge(from);
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // The second half of an asynchronous request comes here again.
        if (request.getDispatcherType() == DispatcherType.REQUEST && !ContextFilter.isServiceCall(request)) {
            RequestContext context = RequestContext.current();
            UUID caller = context.principal().id();
            CallLimit own = context.tenantId() == null
                    ? null
                    : limitOf(context.principal().kind());
            if (own != null && caller != null) {
                require(own.take(caller, response));
            }
            if (request.getAttribute(ADDRESS) instanceof String from
                    && handler instanceof HandlerMethod method
                    && method.hasMethodAnnotation(TakesCredentials.class)) {
                require(credentials.take(from, response));
            }
        }
        return true;
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
