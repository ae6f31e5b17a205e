package org.cartulary.platform.context;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The tenant, principal and trace on whose behalf the current thread works. Immutable; bound to a thread for the length
 * of a call with a {@link ScopedValue} (JEP 506), so it can neither leak into the next request nor be forgotten.
 *
 * @param tenantId the tenant, or {@code null} where the platform's operator acts outside all tenants
 * @param principal who asks
 * @param traceId the W3C trace id, 32 hexadecimal digits
 */
public record RequestContext(@Nullable UUID tenantId, Principal principal, String traceId) {

    private static final String TRACE_IN_LOG = "traceId";
    private static final String TENANT_IN_LOG = "tenant";
    private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

    public RequestContext {
        Objects.requireNonNull(principal);
        Objects.requireNonNull(traceId);
    }

    /** The platform itself working for a tenant. */
    public static RequestContext ofSystem(@Nullable UUID tenantId, String traceId) {
        return new RequestContext(tenantId, Principal.system(), traceId);
    }

    /** The platform itself working for a tenant under a new trace. */
    public static RequestContext ofSystem(@Nullable UUID tenantId) {
        return ofSystem(tenantId, TraceIds.next());
    }

    /**
     * The context of this thread.
     *
     * @throws NoSuchElementException if none is bound, which is a defect of the caller
     */
    public static RequestContext current() {
        return CURRENT.orElseThrow(() -> new NoSuchElementException("no request context is bound to this thread"));
    }

    /** The context of this thread, or {@code null} if none is bound. */
    public static @Nullable RequestContext currentOrNull() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /**
     * The tenant of this thread's context.
     *
     * @throws NoSuchElementException if the context has no tenant
     */
    public static UUID currentTenant() {
        UUID tenantId = current().tenantId();
        if (tenantId == null) {
            throw new NoSuchElementException("this call needs a tenant, and its context has none");
        }
        return tenantId;
    }

    /** Runs the work under this context and returns its answer; what the work throws is thrown unchanged. */
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        return bound(work::call);
    }

    /** Runs the work under this context. */
    public void run(Runnable work) {
        this.<@Nullable Void, RuntimeException>bound(() -> {
            work.run();
            return null;
        });
    }

    /** Runs the work under this context and returns its answer. */
    public <T extends @Nullable Object> T supply(java.util.function.Supplier<T> work) {
        return bound(work::get);
    }

    /** Whatever is logged meanwhile, in a request, a saga, an event or a job, names the trace and the tenant. */
    private <T extends @Nullable Object, X extends Throwable> T bound(ScopedValue.CallableOp<T, X> work) throws X {
        String outerTrace = MDC.get(TRACE_IN_LOG);
        String outerTenant = MDC.get(TENANT_IN_LOG);
        setInLog(TRACE_IN_LOG, traceId);
        setInLog(TENANT_IN_LOG, tenantId == null ? null : tenantId.toString());
        try {
            return ScopedValue.where(CURRENT, this).call(work);
        } finally {
            setInLog(TRACE_IN_LOG, outerTrace);
            setInLog(TENANT_IN_LOG, outerTenant);
        }
    }

    private static void setInLog(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }

    /** The same tenant and trace, with the platform itself as the principal. */
    public RequestContext asSystem() {
        return ofSystem(tenantId, traceId);
    }
}
