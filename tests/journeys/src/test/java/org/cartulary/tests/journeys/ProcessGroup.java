package org.cartulary.tests.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cartulary.app.DataDirectory;
import org.cartulary.app.ServiceName;
import org.cartulary.postgres.EmbeddedPostgres;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedJava;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.MigratedCluster;
import org.jspecify.annotations.Nullable;

/**
 * A platform in several Java machines on one PostgreSQL, each with some services, as {@code deploy/many-processes} starts
 * them; paths find their process by the same table. Not thread-safe but for {@link #urlOf}.
 */
final class ProcessGroup implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final int MEGABYTES = 160;
    private static final Map<String, String> PROPERTIES = Map.of(
            "cartulary.database.pools", "embedded",
            "logging.config", "classpath:logback-with-traces.xml",
            "logging.level.org.cartulary.platform.http", "DEBUG");
    private static final Path ROUTES = Path.of("..", "..", "deploy", "many-processes", "routes.conf");

    /** One process: its place, its services and its Java machine, if it has been started. */
    private static final class Node {
        private final Path data;
        private final int port = Installation.freePort();
        private final Set<ServiceName> services;
        private @Nullable Process process;

        private Node(Path data, Set<ServiceName> services) {
            this.data = data;
            this.services = services;
        }

        private Process running() {
            return Objects.requireNonNull(process, "the process has not been started");
        }

        private String url() {
            return "http://localhost:" + port;
        }
    }

    private record Route(Pattern paths, ServiceName service) {}

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<ServiceName, Node> hosts = new EnumMap<>(ServiceName.class);
    private final List<Route> routes;

    private ProcessGroup(Path folder, EmbeddedPostgres postgres, List<Route> routes) {
        this.folder = folder;
        this.postgres = postgres;
        this.routes = routes;
    }

    /** Starts the processes; that of {@code auth} first alone, as all others ask it. */
    static ProcessGroup start(Map<String, Set<ServiceName>> services) {
        Path folder = Installation.freshFolder("many");
        try {
            Files.writeString(folder.resolve("secret"), MigratedCluster.copyTo(folder.resolve("postgres")));
            ProcessGroup group = new ProcessGroup(
                    folder, EmbeddedPostgres.builder(folder.resolve("postgres")).start(), routes());
            try {
                services.forEach(group::add);
                group.startAll();
                return group;
            } catch (RuntimeException | Error e) {
                group.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Route> routes() throws IOException {
        return Files.readAllLines(ROUTES).stream()
                .filter(line -> line.startsWith("~"))
                .map(line -> line.substring(1).split("\\s+", -1))
                .map(words -> new Route(
                        Pattern.compile(words[0]),
                        ServiceName.parse(words[1].replace(";", "")).iterator().next()))
                .toList();
    }

    private void add(String name, Set<ServiceName> services) {
        Node node = new Node(folder.resolve(name), EnumSet.copyOf(services));
        nodes.put(name, node);
        services.forEach(service -> hosts.put(service, node));
    }

    private void startAll() {
        Node first = host(ServiceName.AUTH);
        launch(first);
        awaitReady(first);
        nodes.values().stream().filter(node -> node != first).forEach(this::launch);
        nodes.values().forEach(this::awaitReady);
    }

    private void launch(Node node) {
        List<String> command = new ArrayList<>(ForkedJava.command(MEGABYTES, PROPERTIES));
        command.addAll(List.of(
                "up",
                "--data-dir=" + node.data,
                "--port=" + node.port,
                "--secret-file=" + folder.resolve("secret"),
                // Nobody looks at pages here.
                "--api-url=" + node.url(),
                "--services=" + node.services.stream().map(ServiceName::word).collect(Collectors.joining(","))));
        hosts.forEach((service, host) -> {
            if (host != node) {
                command.add("--remote=" + service.word() + "=" + host.url());
            }
        });
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output(node).toFile()));
        builder.environment()
                .put(
                        "CARTULARY_DATABASE_URL",
                        "postgresql://" + postgres.superuser() + ":" + postgres.password() + "@127.0.0.1:"
                                + postgres.port() + "/postgres");
        try {
            node.process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(Node node) {
        Eventually.holds(node.data + " is ready", START_LIMIT, () -> {
            if (!node.running().isAlive()) {
                throw new AssertionError(node.data + " ended by itself, see its .out");
            }
            return isReady(node);
        });
    }

    private static boolean isReady(Node node) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The base URL of the process that answers the path. */
    String urlOf(String path) {
        return routes.stream()
                .filter(route ->
                        route.paths().matcher(path.replaceFirst("\\?.*", "")).find())
                .findFirst()
                .map(route -> host(route.service()).url())
                .orElseThrow(() -> new AssertionError(path + " has no route"));
    }

    /** The group as journeys use it; closing it ends the group. */
    Installation installation() {
        Path data = host(ServiceName.AUTH).data;
        Eventually.holds(
                "the first start has left its connection",
                START_LIMIT,
                () -> DataDirectory.connection(data).isPresent());
        return Installation.over(data, DataDirectory.connection(data).orElseThrow(), this::urlOf, this::close);
    }

    /** {@code kill -9}. */
    void kill(String name) {
        Process process = node(name).running();
        process.destroyForcibly();
        await(process);
    }

    /** Starts a killed process again and waits until it is ready. */
    void restart(String name) {
        launch(node(name));
        awaitReady(node(name));
    }

    private Node node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    private Node host(ServiceName service) {
        return Objects.requireNonNull(hosts.get(service), service.word());
    }

    /** The names of the processes whose logs name the trace. */
    Set<String> whoseLogsName(String traceId) {
        return nodes.entrySet().stream()
                .filter(entry -> logOf(entry.getValue()).contains(traceId))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private String logOf(Node node) {
        try {
            return Files.readString(output(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output(Node node) {
        return folder.resolve(node.data.getFileName() + ".out");
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                throw new AssertionError("the process " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        List<Process> running = nodes.values().stream()
                .filter(node -> node.process != null)
                .map(Node::running)
                .filter(Process::isAlive)
                .toList();
        try {
            running.forEach(Process::destroy);
            running.forEach(ProcessGroup::await);
        } finally {
            running.forEach(Process::destroyForcibly);
            postgres.close();
        }
    }
}
