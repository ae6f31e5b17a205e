package org.cartulary.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.cartulary.app.DataDirectory;
import org.cartulary.app.DatabaseUrl;
import org.cartulary.app.FirstStart;
import org.cartulary.app.PlatformProcess;
import org.cartulary.app.ServiceName;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.pages.PagesConfiguration;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.testing.FreePorts;
import org.cartulary.postgres.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

/**
 * A platform that really runs, with a durable PostgreSQL: in one process or in two that are started here, or as somebody else
 * has started it. Thread-safe.
 */
public final class Installation implements AutoCloseable {

    private static final Pattern OF_INVENTORY_AND_PAYMENT =
            Pattern.compile("/api/v1/(admin/(stock|payments)|store/products/[^/]+/availability).*");
    private static final Set<ServiceName> ELSEWHERE = EnumSet.of(ServiceName.INVENTORY, ServiceName.PAYMENT);

    private final Path dataDirectory;
    private final DataDirectory.Connection connection;
    private final HttpShop visitor;
    private final List<Runnable> parts;
    private final @Nullable Merchant owner;

    private Installation(
            Path dataDirectory, DataDirectory.Connection connection, HttpShop visitor, List<Runnable> parts) {
        this(dataDirectory, connection, visitor, parts, null);
    }

    private Installation(
            Path dataDirectory,
            DataDirectory.Connection connection,
            HttpShop visitor,
            List<Runnable> parts,
            @Nullable Merchant owner) {
        this.dataDirectory = dataDirectory;
        this.connection = connection;
        this.visitor = visitor.withMailsReadBy(connection.apiKey());
        this.parts = List.copyOf(parts);
        this.owner = owner;
    }

    /** All services in one process. */
    public static Installation inOneProcess() {
        return inOneProcess(Map.of());
    }

    /** As {@link #inOneProcess()}, with further properties, by name. */
    public static Installation inOneProcess(Map<String, String> properties) {
        Path data = freshFolder("one");
        MigratedCluster.prepareDataDirectory(data);
        PlatformProcess process = PlatformProcess.start(new PlatformProcess.Options(
                data, 0, EnumSet.allOf(ServiceName.class), null, Map.of(), null, properties));
        DataDirectory.Connection connection = FirstStart.prepare(process);
        return new Installation(data, connection, HttpShop.visitor(connection.url()), List.of(process::close));
    }

    /** Inventory and payment in a process of their own. */
    public static Installation inTwoProcesses() {
        return inTwoProcesses(IntUnaryOperator.identity(), Map.of());
    }

    /**
     * As {@link #inTwoProcesses()}, with a way of one's own between the two.
     *
     * @param way from the port of a process to the port at which the other one finds it
     */
    public static Installation inTwoProcesses(IntUnaryOperator way) {
        return inTwoProcesses(way, Map.of());
    }

    /** As {@link #inTwoProcesses(IntUnaryOperator)}, with further properties of both processes, by name. */
    public static Installation inTwoProcesses(IntUnaryOperator way, Map<String, String> properties) {
        Path data = freshFolder("two");
        InstallationSecrets secrets = InstallationSecrets.of(MigratedCluster.copyTo(data.resolve("postgres")));
        EmbeddedPostgres postgres =
                EmbeddedPostgres.builder(data.resolve("postgres")).start();
        DatabaseUrl databases = DatabaseUrl.parse("postgresql://" + postgres.superuser() + ":" + postgres.password()
                + "@127.0.0.1:" + postgres.port() + "/postgres");
        int mainPort = freePort();
        int otherPort = freePort();
        String mainUrl = "http://localhost:" + mainPort;
        String otherUrl = "http://localhost:" + otherPort;
        PlatformProcess other = PlatformProcess.start(new PlatformProcess.Options(
                data.resolve("other"),
                otherPort,
                ELSEWHERE,
                databases,
                at(EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)), "http://localhost:" + way.applyAsInt(mainPort)),
                secrets,
                properties));
        PlatformProcess main = PlatformProcess.start(new PlatformProcess.Options(
                data.resolve("main"),
                mainPort,
                EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)),
                databases,
                at(ELSEWHERE, "http://localhost:" + way.applyAsInt(otherPort)),
                secrets,
                withPagesAsking(mainUrl, properties)));
        DataDirectory.Connection connection = FirstStart.prepare(main);
        HttpShop visitor =
                HttpShop.visitor(path -> OF_INVENTORY_AND_PAYMENT.matcher(path).matches() ? otherUrl : mainUrl);
        return new Installation(
                data.resolve("main"), connection, visitor, List.of(main::close, other::close, postgres::close));
    }

    /** Nobody looks at pages of a platform without a proxy in front; what they ask is in one process for the most part. */
    private static Map<String, String> withPagesAsking(String url, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put(PagesConfiguration.API_URL, url);
        return all;
    }

    /**
     * Processes that somebody else has started.
     *
     * @param dataDirectory of the process that has left the connection
     * @param gateway from a path to the base URL of the process that answers it
     * @param end ends them
     */
    public static Installation over(
            Path dataDirectory, DataDirectory.Connection connection, UnaryOperator<String> gateway, Runnable end) {
        return new Installation(dataDirectory, connection, HttpShop.visitor(gateway), List.of(end));
    }

    /**
     * A platform that runs already, whatever its processes are, and goes on when this is closed.
     *
     * @param dataDirectory in which its first start has left {@code connection.json}: the address of its public API, the
     *     operator's key and the administrator of the default shop
     * @throws IllegalArgumentException if no such file is there
     */
    public static Installation running(Path dataDirectory) {
        DataDirectory.Connection connection = DataDirectory.connection(dataDirectory)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no platform has left its connection.json in " + dataDirectory.toAbsolutePath()));
        return new Installation(dataDirectory, connection, HttpShop.visitor(connection.url()), List.of());
    }

    /**
     * The same platform seen from a new shop, in which nobody else buys or sells: its visitors ask for the shop's own host
     * name, and its merchant holds a key with all that the administrator of one shop may do.
     */
    public Installation withShopOfItsOwn() {
        String name = "journey-" + UUID.randomUUID().toString().substring(0, 13);
        String host = name + ".example";
        String tenant = operator()
                .post("/api/v1/admin/tenants", Map.of("name", name, "displayName", "Journey", "hosts", List.of(host)))
                .expect(201)
                .path("id")
                .asString();
        Map<String, Object> everything =
                Map.of("name", "owner", "permissions", List.copyOf(Permissions.OF_A_SHOP), "expiresInHours", 24);
        String key = operator()
                .post("/api/v1/admin/tenants/" + tenant + "/api-keys", everything)
                .expect(201)
                .path("key")
                .asString();
        HttpShop shop = visitor.at(host);
        return new Installation(dataDirectory, connection, shop, List.of(), new Merchant(shop.bearing(key)));
    }

    private static Map<ServiceName, String> at(Set<ServiceName> services, String url) {
        Map<ServiceName, String> remotes = new EnumMap<>(ServiceName.class);
        services.forEach(service -> remotes.put(service, url));
        return remotes;
    }

    /** A folder below {@code target} that PostgreSQL's unprivileged user can reach, too. */
    public static Path freshFolder(String name) {
        try {
            Path parent =
                    Files.createDirectories(Path.of("target", "installations").toAbsolutePath());
            return Files.createDirectory(parent.resolve(name + "-" + UUID.randomUUID()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port of the loopback interface that nobody uses at this moment, nor is given by chance. */
    public static int freePort() {
        return FreePorts.any();
    }

    /** What the commands are given as {@code --data-dir}. */
    public Path dataDirectory() {
        return dataDirectory;
    }

    /** A caller who shows nothing; the shop is the default one, or {@linkplain #withShopOfItsOwn() its own}. */
    public HttpShop visitor() {
        return visitor;
    }

    /** The operator of the platform. */
    public HttpShop operator() {
        return visitor.bearing(connection.apiKey());
    }

    /** Who runs the shop: of the default one its first administrator. */
    public Merchant merchant() {
        if (owner != null) {
            return owner;
        }
        DataDirectory.Administrator administrator = Objects.requireNonNull(connection.administrator());
        return Merchant.signedIn(visitor, administrator.email(), administrator.password());
    }

    /** Closes every part, whatever becomes of those before it. */
    @Override
    public void close() {
        List<RuntimeException> failures = new ArrayList<>();
        for (Runnable part : parts) {
            try {
                part.run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
