package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.cartulary.platform.database.SqlUse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Compares what calls have cost with their budgets. At the level DEBUG it logs all of them, with their statements. Thread-safe. */
final class SqlBudgets implements HandlerInterceptor {

    static final Logger LOG = LoggerFactory.getLogger(SqlBudgets.class);

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
