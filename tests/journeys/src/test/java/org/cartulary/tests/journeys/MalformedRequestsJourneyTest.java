package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.SharedInstallation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Thousands of spoilt requests to all endpoints: whatever comes, nobody is answered that the platform has failed, each refusal is a
 * problem document, and each request is answered. A failure names its seed: {@code -Dcartulary.mutations.seed=S} repeats all of
 * them, with {@code -Dcartulary.mutations.only=N} one of them; {@code -Dcartulary.mutations=100000} makes more.
 */
@HoldsThePlatform("sends what a proxy in front would answer in its own words")
@ExtendWith(SharedInstallation.class)
final class MalformedRequestsJourneyTest {

    private static final int THREADS = 4;
    private static final int MUTATIONS = Integer.getInteger("cartulary.mutations", 10_000);
    private static final long SEED = Long.getLong("cartulary.mutations.seed", 20_261_121L);
    private static final int ONLY = Integer.getInteger("cartulary.mutations.only", -1);

    private final List<DescribedEndpoint> endpoints;
    private final List<String> credentials = new ArrayList<>();
    private final String host;
    private final int port;

    MalformedRequestsJourneyTest(Installation installation) {
        HttpShop visitor = installation.visitor();
        HttpShop.Answer document = visitor.get("/openapi.json");
        endpoints = DescribedEndpoint.of(document.expect(200));
        port = URI.create(visitor.url("/")).getPort();
        host = visitor.header("Host");
        credentials.add("");
        credentials.add("Guest-Token: " + Buyer.guest(visitor).shop().header("Guest-Token"));
        credentials.add("Authorization: " + Buyer.customer(visitor).shop().header("Authorization"));
        // Twice, since most endpoints are those of the shop's staff.
        credentials.add("Authorization: " + installation.merchant().shop().header("Authorization"));
        credentials.add("Authorization: " + installation.merchant().shop().header("Authorization"));
        credentials.add("Authorization: " + installation.operator().header("Authorization"));
    }

    private Mutation mutation(int number) {
        DescribedEndpoint endpoint = endpoints.get(number % endpoints.size());
        return new Mutation(SEED * 1_000_003L + number, endpoint, host, credentials);
    }

    @Test
    void whateverComesIsAnsweredAndNeverAsAFaultOfThePlatform() throws Exception {
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        Map<Integer, Integer> statuses = Collections.synchronizedMap(new TreeMap<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> parts = new ArrayList<>();
            for (int part = 0; part < THREADS; part++) {
                int first = part;
                parts.add(threads.submit(() -> send(first, failures, statuses)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        }
        assertThat(failures)
                .as("of %d requests to %d endpoints, answered %s", MUTATIONS, endpoints.size(), statuses)
                .isEmpty();
        assertThat(statuses.keySet()).as("many kinds of refusals").contains(400, 401, 403, 404, 405, 415, 422);
    }

    private void send(int first, List<String> failures, Map<Integer, Integer> statuses) {
        try (RawConnection connection = new RawConnection(port)) {
            Mutation previous = null;
            for (int number = first; number < MUTATIONS; number += THREADS) {
                if (ONLY < 0 || number == ONLY) {
                    Mutation mutation = mutation(number);
                    String before = connection.isOpen() ? "%n...on the connection of: %s".formatted(previous) : "";
                    String fault = fault(mutation, connection, statuses);
                    previous = mutation;
                    if (fault != null) {
                        failures.add("seed %d, number %d: %s%n%s%s".formatted(SEED, number, fault, mutation, before));
                    }
                }
            }
        } catch (IOException e) {
            failures.add("a connection cannot be closed: " + e);
        }
    }

    /** What is wrong with the answer, {@code null} if nothing is. */
    private static @Nullable String fault(Mutation mutation, RawConnection connection, Map<Integer, Integer> statuses)
            throws IOException {
        RawConnection.Answer answer;
        try {
            answer = connection.send(mutation.bytes(), mutation.isHead());
        } catch (IOException e) {
            connection.close();
            return "not answered: " + e;
        }
        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.status() >= 500) {
            return "answered " + answer.status() + ": " + answer.body();
        }
        return answer.status() < 400 || mutation.isHead() || isProblem(answer)
                ? null
                : "no problem document: " + answer.status() + " " + answer.headers() + " " + answer.body();
    }

    private static boolean isProblem(RawConnection.Answer answer) {
        try {
            JsonNode problem = JsonMapper.shared().readTree(answer.body());
            return answer.header("content-type").startsWith("application/problem+json")
                    && problem.path("status").asInt() == answer.status()
                    && !problem.path("code").asString("").isEmpty()
                    && problem.path("traceId").asString("").matches("[0-9a-f]{32}");
        } catch (JacksonException e) {
            return false;
        }
    }
}
