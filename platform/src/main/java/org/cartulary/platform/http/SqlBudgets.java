package org.cartulary.platform.http;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cartulary.platform.database.SqlUse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Compares what calls have cost with their budgets, and counts those that cost more; the counters of all operations with a budget
 * are there from the beginning. At the level DEBUG it logs all calls, with their statements. Thread-safe.
 */
final class SqlBudgets implements HandlerInterceptor, SmartInitializingSingleton {

    static final Logger LOG = LoggerFactory.getLogger(SqlBudgets.class);

    private final MeterRegistry meters;
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    /** By operation. */
    private final Map<String, SqlOverruns> overruns = new ConcurrentHashMap<>();

    SqlBudgets(MeterRegistry meters, ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.meters = meters;
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        mappings.forEach(mapping -> mapping.getHandlerMethods().forEach((route, handler) -> {
            SqlBudget budget = handler.getMethodAnnotation(SqlBudget.class);
            if (budget != null) {
                route.getMethodsCondition()
                        .getMethods()
                        .forEach(method ->
                                route.getPatternValues().forEach(pattern -> overruns(method + " " + pattern, budget)));
            }
        }));
    }

    private SqlOverruns overruns(String call, SqlBudget budget) {
        return overruns.computeIfAbsent(call, missing -> new SqlOverruns(missing, budget, meters));
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        SqlUse use = SqlUse.currentOrNull();
        if (use == null || !(handler instanceof HandlerMethod method)) {
            return;
        }
        String call = request.getMethod() + " " + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} cost {} statements, {} transactions\n  {}",
                    call,
                    use.statements(),
                    use.transactions(),
                    String.join("\n  ", use.texts()));
        }
        SqlBudget budget = method.getMethodAnnotation(SqlBudget.class);
        if (budget != null && (use.statements() > budget.statements() || use.transactions() > budget.transactions())) {
            overruns(call, budget).add(use);
            LOG.warn(
                    "{} is over its budget of {} statements, {} transactions: it cost {}, {}",
                    call,
                    budget.statements(),
                    budget.transactions(),
                    use.statements(),
                    use.transactions());
        }
    }
}
