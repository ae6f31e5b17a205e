package org.cartulary.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.SqlUse;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks services, wherever they run, all at the same time. One that does not answer is named, and keeps nobody from hearing the
 * others. Thread-safe.
 *
 * @param <C> what each is asked by
 * @param contracts by the names of the services
 */
record AskingServices<C>(Map<String, C> contracts) {

    private static final Logger LOG = LoggerFactory.getLogger(AskingServices.class);

    /** What the services that answered said, in order, and which did not. */
    record Answers<T>(List<T> rows, List<UnavailableService> unavailable) {}

    /**
     * The one that answers for a service.
     *
     * @throws ProblemException 404 {@code unknown-service} if there is no such service
     */
    C of(String service) {
        C known = contracts.get(service);
        if (known == null) {
            throw ProblemException.notFound(
                    "unknown-service",
                    "no service named " + service + " keeps records; these do: "
                            + String.join(", ", new TreeSet<>(contracts.keySet())));
        }
        return known;
    }

    /**
     * Asks one service, or all of them.
     *
     * @param service {@code null} for all
     * @param question answers with rows in order
     */
    <T> Answers<T> ask(@Nullable String service, BiFunction<C, String, List<T>> question, Comparator<T> order) {
        SortedSet<String> names = new TreeSet<>(contracts.keySet());
        if (service != null) {
            of(service);
            names.retainAll(List.of(service));
        }
        List<T> rows = new ArrayList<>();
        List<UnavailableService> unavailable = new ArrayList<>();
        RequestContext context = RequestContext.current();
        SqlUse use = Objects.requireNonNullElseGet(SqlUse.currentOrNull(), () -> SqlUse.begin(false));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<List<T>>> asked = new LinkedHashMap<>();
            names.forEach(name -> asked.put(
                    name, threads.submit(() -> use.count(() -> context.supply(() -> question.apply(of(name), name))))));
            asked.forEach((name, answer) -> await(name, answer, rows, unavailable));
        }
        rows.sort(order);
        return new Answers<>(rows, unavailable);
    }

    private static <T> void await(
            String name, Future<List<T>> answer, List<T> rows, List<UnavailableService> unavailable) {
        try {
            rows.addAll(answer.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was asked", e);
        } catch (ExecutionException e) {
            LOG.warn("the service {} does not answer", name, e.getCause());
            unavailable.add(new UnavailableService(name, "the service does not answer"));
        }
    }
}
