package org.cartulary.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/** The outermost filter: knows which calls still run, as the last of them may after their answer has come. Thread-safe. */
final class RunningCalls extends OncePerRequestFilter implements Ordered {

    /** Tells calls apart. */
    static final String CALL = "Sample-Call";

    private final Set<String> running = new HashSet<>();

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String call = request.getHeader(CALL);
        begin(call);
        try {
            chain.doFilter(request, response);
        } finally {
            end(call);
        }
    }

    private synchronized void begin(String call) {
        running.add(call);
    }

    private synchronized void end(String call) {
        running.remove(call);
        notifyAll();
    }

    /** Waits until the call has passed all filters, if it came so far. */
    synchronized void awaitEnd(String call) throws InterruptedException {
        while (running.contains(call)) {
            wait();
        }
    }
}
