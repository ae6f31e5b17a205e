package org.cartulary.platform.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.http.AccessReason;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Writes down who gets which answers of endpoints that are declared {@link DisclosesPersonalData}, in the database of the service
 * whose they are, before they leave: what it throws is answered instead of them. Thread-safe.
 */
@ControllerAdvice
public final class AccessLogging implements ResponseBodyAdvice<Object>, HandlerInterceptor {

    private static final Pattern READABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:#/-]{0,99}");
    private static final String SERVICES = "org.cartulary.";

    private final Databases databases;
    private final DataAccessLog log;

    /** Writes into the databases that this process has opened, also later. */
    public AccessLogging(Databases databases, DataAccessLog log) {
        this.databases = databases;
        this.log = log;
    }

    /** Refuses a reason that cannot be kept before anything is done. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String reason = request.getHeader(AccessReason.HEADER);
        if (reason != null && !READABLE.matcher(reason).matches()) {
            throw ProblemException.badRequest(
                            "invalid-access-reason", "a reason is a word or a number, such as ticket-4711")
                    .with(
                            AccessReason.HEADER + ":",
                            "invalid",
                            "1 to 100 letters, digits and . _ : # / - without blanks, or no header at all");
        }
        return true;
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        DisclosesPersonalData declared = returned.getMethodAnnotation(DisclosesPersonalData.class);
        return declared != null && !declared.loggedWhereRead();
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object answer,
            MethodParameter returned,
            MediaType contentType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (DataAccessLog.concerns(RequestContext.current().principal())) {
            List<Disclosure> disclosures = Disclosure.in(answer);
            HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
            log.record(databaseOf(returned.getContainingClass()), wayOf(servlet), disclosures);
        }
        return answer;
    }

    /** How the request reads, for endpoints that write down themselves what they disclose. */
    public static DataAccessLog.Way wayOf(HttpServletRequest request) {
        Object handler = request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
        return new DataAccessLog.Way(
                request.getMethod() + " " + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
                handler instanceof HandlerMethod method ? permissionOf(method) : null,
                request.getHeader(AccessReason.HEADER));
    }

    private static @Nullable String permissionOf(HandlerMethod handler) {
        RequirePermission declared =
                AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequirePermission.class);
        if (declared == null) {
            declared = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), RequirePermission.class);
        }
        return declared == null ? null : declared.value();
    }

    /** A service's package is named like its database. */
    private Database databaseOf(Class<?> controller) {
        String service = controller.getPackageName().substring(SERVICES.length());
        return databases.opened().stream()
                .filter(database -> database.service().equals(service))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "reads of " + controller.getSimpleName() + " cannot be written down: it has no database"));
    }
}
