package org.cartulary.pages;

import java.util.List;

/** The API refused what a page did not expect it to refuse, or could not be reached. */
public final class ApiException extends RuntimeException {

    @java.io.Serial
    private static final long serialVersionUID = 1L;

    private static final int UNAUTHORIZED = 401;

    private final transient Problem problem;

    ApiException(Problem problem) {
        super(problem.status() + " " + problem.code() + ": " + problem.detail());
        this.problem = problem;
    }

    ApiException(Problem problem, Throwable cause) {
        this(problem);
        initCause(cause);
    }

    /** Nobody has signed in, and this is for somebody who has: leads to the page where that is done. */
    public static ApiException signInFirst() {
        return new ApiException(new Problem(UNAUTHORIZED, "unauthorized", "sign in first", List.of(), null, ""));
    }

    /** What the API said. */
    public Problem problem() {
        return problem;
    }
}
