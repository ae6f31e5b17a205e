package org.cartulary.platform.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Answers {@code TRACE} as any other method that no endpoint answers. A servlet would send the request back otherwise, with
 * what proxies have added to it.
 */
final class ApiDispatcherServlet extends DispatcherServlet {

    @java.io.Serial
    private static final long serialVersionUID = 1L;

    @Override
    protected void doTrace(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        processRequest(request, response);
    }
}
