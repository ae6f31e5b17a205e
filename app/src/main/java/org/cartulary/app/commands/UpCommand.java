package org.cartulary.app.commands;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.cartulary.app.CartSettings;
import org.cartulary.app.DataDirectory;
import org.cartulary.app.DatabaseUrl;
import org.cartulary.app.EventSettings;
import org.cartulary.app.FirstStart;
import org.cartulary.app.InstallationException;
import org.cartulary.app.PageSettings;
import org.cartulary.app.PlatformProcess;
import org.cartulary.app.ResidentMemory;
import org.cartulary.app.SecretFiles;
import org.cartulary.app.ServiceName;
import org.cartulary.pages.PagesConfiguration;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the platform and stays until it is stopped. */
@Command(
        name = "up",
        description = "Start the platform: its own PostgreSQL and all services in one process.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Option(names = "--port", description = "Port for HTTP on the loopback interface (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(names = "--data-dir", description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory = Path.of("data");

    @Option(
            names = "--services",
            description = "Services to host in this process, separated by commas (default: ${DEFAULT-VALUE}).")
    private String services = "all";

    @Option(
            names = "--remote",
            paramLabel = "SERVICES=URL",
            description = "Where services run that are not hosted here, e.g. inventory,payment=http://localhost:8081.")
    private List<String> remotes = List.of();

    @Option(
            names = "--database-url",
            defaultValue = "${env:CARTULARY_DATABASE_URL}",
            description = "Use this PostgreSQL (15 or later): postgresql://USER:PASSWORD@HOST:PORT/DATABASE, where the"
                    + " user may create roles and databases (default: the environment's CARTULARY_DATABASE_URL, which other"
                    + " users of the machine cannot see).")
    private @Nullable String databaseUrl;

    @Option(
            names = "--secret-file",
            description = "A file with the secret that all processes of one installation share (default: the one in the"
                    + " data directory).")
    private @Nullable Path secretFile;

    @Option(
            names = "--other-secrets-file",
            description =
                    "A file with further secrets, one a line, which are only understood while that of --secret-file is"
                            + " changed.")
    private @Nullable Path otherSecretsFile;

    @Option(
            names = "--events",
            paramLabel = "TRANSPORT",
            description = "How events reach their consumers: in-process (other processes over HTTP) or kafka (default:"
                    + " ${DEFAULT-VALUE}).")
    private String events = "in-process";

    @Option(
            names = "--kafka-bootstrap",
            paramLabel = "HOST:PORT",
            description = "Where Kafka is, for --events=kafka; several addresses are separated by commas.")
    private @Nullable String kafkaBootstrap;

    @Option(
            names = "--carts",
            paramLabel = "WHERE",
            defaultValue = "${env:CARTULARY_CARTS:-postgresql}",
            description =
                    "Where carts are kept: postgresql, or a Redis (7 or later) as redis://:PASSWORD@HOST:PORT/DATABASE,"
                            + " rediss:// for TLS (default: the environment's CARTULARY_CARTS, which other users of the machine"
                            + " cannot see, or postgresql).")
    private String carts = "postgresql";

    @Option(
            names = "--page-sessions",
            paramLabel = "WHERE",
            defaultValue = "${env:CARTULARY_PAGE_SESSIONS:-postgresql}",
            description =
                    "Where it is kept who is logged in at pages: postgresql, or a Redis (7 or later) as for --carts (default:"
                            + " the environment's CARTULARY_PAGE_SESSIONS, or postgresql).")
    private String pageSessions = "postgresql";

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            description = "Where pages find the whole public API, if this process does not host all of it.")
    private @Nullable String apiUrl;

    @Option(names = "--timeline", description = "Print how long which part of the start took, and the memory.")
    private boolean timeline;

    @Option(
            names = "--demo",
            description =
                    "Fill the first shop with a catalogue to look at, with pictures, customers and orders; what is"
                            + " missing is added at each start with this option.")
    private boolean demo;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PlatformProcess.Options options = options();
        if (demo) {
            DemoOption.requireHosted(options.services());
        }
        DataDirectory.requireUsable(dataDirectory);
        LoopbackPort.requireFree(port);
        CountDownLatch stopped = new CountDownLatch(1);
        PlatformProcess process = PlatformProcess.start(options);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            process.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        DataDirectory.Connection connection = FirstStart.prepare(process, !demo);
        Duration sinceTheMachineBegan = process.timeline().elapsed();
        DemoOption.LogIns logIns =
                demo ? DemoOption.fill(process, connection, spec.commandLine().getOut()) : null;
        sayWhereToLook(process, connection, logIns, sinceTheMachineBegan);
        if (timeline) {
            sayHowItWent(process);
        }
        stopped.await();
        return CommandLine.ExitCode.OK;
    }

    private PlatformProcess.Options options() {
        Set<ServiceName> hosted = services(services);
        return new PlatformProcess.Options(
                dataDirectory,
                port,
                hosted,
                databaseUrl == null ? null : DatabaseUrl.parse(databaseUrl),
                remoteUrls(),
                secrets(),
                properties());
    }

    private Map<String, String> properties() {
        Map<String, String> properties =
                new HashMap<>(EventSettings.of(events, kafkaBootstrap).properties());
        properties.putAll(CartSettings.of(carts).properties());
        properties.putAll(PageSettings.of(pageSessions).properties());
        if (apiUrl != null) {
            properties.put(PagesConfiguration.API_URL, BaseUrl.require("--api-url", apiUrl));
        }
        return properties;
    }

    private @Nullable InstallationSecrets secrets() {
        if (secretFile != null) {
            return SecretFiles.of(secretFile, otherSecretsFile);
        }
        if (otherSecretsFile != null) {
            throw new InstallationException(
                    "--other-secrets-file needs --secret-file; those of a data directory are changed"
                            + " by ./cartulary secret rotate");
        }
        return null;
    }

    private Map<ServiceName, String> remoteUrls() {
        Map<ServiceName, String> urls = new EnumMap<>(ServiceName.class);
        for (String remote : remotes) {
            int equals = remote.indexOf('=');
            if (equals < 0) {
                throw new InstallationException(
                        "--remote is written SERVICES=URL, for example inventory=http://localhost:8081, not " + remote);
            }
            String words = remote.substring(0, equals);
            String url = BaseUrl.require("--remote=" + words, remote.substring(equals + 1));
            services(words).forEach(service -> urls.put(service, url));
        }
        return urls;
    }

    private static Set<ServiceName> services(String words) {
        try {
            return ServiceName.parse(words);
        } catch (IllegalArgumentException e) {
            throw new InstallationException(e.getMessage() == null ? words : e.getMessage(), e);
        }
    }

    private void sayHowItWent(PlatformProcess process) {
        PrintWriter out = spec.commandLine().getOut();
        process.timeline().print(out);
        ResidentMemory memory = process.memory();
        out.printf(
                "%n  Memory  %.0f MiB: Java %.0f, PostgreSQL %.0f%n%n",
                memory.java() + memory.postgres(), memory.java(), memory.postgres());
        out.flush();
    }

    private void sayWhereToLook(
            PlatformProcess process,
            DataDirectory.Connection connection,
            DemoOption.@Nullable LogIns logIns,
            Duration sinceTheMachineBegan) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%nCartulary is ready after %.1f s, counted from the start of Java. Ctrl-C stops it.%n%n",
                sinceTheMachineBegan.toMillis() / 1e3);
        if (process.hosts(ServiceName.STOREFRONT)) {
            out.printf("  Shop           %s/%n", connection.url());
        }
        if (process.hosts(ServiceName.ADMIN)) {
            out.printf("  Staff          %s/admin%n", connection.url());
        }
        out.printf("  Shop API       %s/api/v1/store/products%n", connection.url());
        out.printf("  Documentation  %s/docs  (OpenAPI: %s/openapi.json)%n", connection.url(), connection.url());
        out.printf("  Health         %s/actuator/health%n", connection.url());
        out.printf("  Data           %s%n", dataDirectory.toAbsolutePath().normalize());
        DataDirectory.Administrator administrator = connection.administrator();
        if (logIns != null) {
            logIns.print(out);
        } else if (administrator != null) {
            out.printf(
                    "  Administrator  %s, password in %s%n",
                    administrator.email(), dataDirectory.resolve("connection.json"));
        }
        out.println();
        out.flush();
    }
}
