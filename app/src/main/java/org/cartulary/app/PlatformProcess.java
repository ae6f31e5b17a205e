package org.cartulary.app;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.platform.secrets.InstallationSecrets;
import org.cartulary.platform.secrets.UnknownSecretException;
import org.cartulary.postgres.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.Environment;

/** One running process of the platform: its services, and the PostgreSQL that it started, if it did. Thread-safe. */
public final class PlatformProcess implements AutoCloseable {

    private final DataDirectory data;
    private final @Nullable EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext context;
    private final String operatorKey;
    private final StartTimeline timeline;
    private boolean closed;

    /**
     * What a process is started with.
     *
     * @param dataDirectory where everything is kept
     * @param port on which HTTP is answered, 0 for any free one
     * @param services the services hosted here
     * @param databaseUrl an existing server with an administrator's name and password, {@code null} for the embedded one
     * @param remotes from a service that is hosted elsewhere to the base URL of its process
     * @param secrets those shared with the other processes, {@code null} for those of the data directory
     * @param properties further properties, by name
     */
    public record Options(
            Path dataDirectory,
            int port,
            Set<ServiceName> services,
            @Nullable DatabaseUrl databaseUrl,
            Map<ServiceName, String> remotes,
            @Nullable InstallationSecrets secrets,
            Map<String, String> properties) {}

    private PlatformProcess(
            DataDirectory data,
            @Nullable EmbeddedPostgres postgres,
            ConfigurableApplicationContext context,
            String operatorKey,
            StartTimeline timeline) {
        this.data = data;
        this.postgres = postgres;
        this.context = context;
        this.operatorKey = operatorKey;
        this.timeline = timeline;
    }

    /**
     * Starts everything and returns when requests are answered.
     *
     * @throws InstallationException if something stands in the way that whoever starts it can mend
     * @throws org.cartulary.postgres.EmbeddedPostgresException if PostgreSQL does not start
     */
    public static PlatformProcess start(Options options) {
        StartTimeline timeline = new StartTimeline();
        timeline.reached("the Java machine runs and the command is understood");
        if (options.databaseUrl() != null) {
            options.databaseUrl().requireUsable();
        }
        DataDirectory data = DataDirectory.open(options.dataDirectory());
        EmbeddedPostgres postgres = null;
        try {
            Thread interrupted = null;
            if (options.databaseUrl() == null) {
                postgres = EmbeddedPostgres.builder(data.cluster()).start();
                // Whoever interrupts the start has no process yet that could be closed.
                interrupted = new Thread(postgres::close, "shutdown during start");
                Runtime.getRuntime().addShutdownHook(interrupted);
            }
            timeline.reached("PostgreSQL answers");
            List<String> operatorKeys = operatorKeys(options.secrets(), data);
            ConfigurableApplicationContext context = run(properties(options, data, postgres, operatorKeys), timeline);
            if (interrupted != null) {
                Runtime.getRuntime().removeShutdownHook(interrupted);
            }
            return new PlatformProcess(data, postgres, context, operatorKeys.getFirst(), timeline);
        } catch (RuntimeException | Error e) {
            if (postgres != null) {
                postgres.close();
            }
            data.close();
            throw e;
        }
    }

    /**
     * Processes that share a secret share the operator's key, too: an operator talks to all of them, with the key of any secret that
     * they know.
     */
    private static List<String> operatorKeys(@Nullable InstallationSecrets shared, DataDirectory data) {
        List<String> keys = shared == null ? List.of(data.readOrCreate("operator-key")) : shared.derive("operator-key");
        return keys.stream().map(key -> "co_" + key).toList();
    }

    private static ConfigurableApplicationContext run(Map<String, Object> properties, StartTimeline timeline) {
        SpringApplication application = new SpringApplication(PlatformApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        // The process closes the context itself, before PostgreSQL, and not at the same time.
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties);
        application.addInitializers(context -> requireRemotes(context.getEnvironment()));
        note(application, timeline);
        try {
            return application.run();
        } catch (SpringApplication.AbandonedRunException e) {
            if (e.getCause() instanceof InstallationException reason) {
                throw reason;
            }
            throw e;
        } catch (RuntimeException e) {
            requireKnownSecret(e);
            throw e;
        }
    }

    /** Whoever starts it can mend that. */
    private static void requireKnownSecret(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownSecretException) {
                throw new InstallationException(String.valueOf(cause.getMessage()), failure);
            }
        }
    }

    /** Before any bean is made, and so that the container takes it for no fault of its own, which it would report at length. */
    private static void requireRemotes(Environment environment) {
        try {
            RemoteServices.requireFound(environment);
            RemoteServices.requirePublicApi(environment);
        } catch (InstallationException e) {
            SpringApplication.AbandonedRunException abandoned = new SpringApplication.AbandonedRunException();
            abandoned.initCause(e);
            throw abandoned;
        }
    }

    private static void note(SpringApplication application, StartTimeline timeline) {
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("startTimeline", timeline));
        application.addListeners(event -> {
            if (event instanceof ApplicationPreparedEvent) {
                timeline.reached("settings and log are set up");
            } else if (event instanceof ContextRefreshedEvent) {
                timeline.reached("services, jobs and events are at work");
            }
        });
    }

    private static Map<String, Object> properties(
            Options options, DataDirectory data, @Nullable EmbeddedPostgres postgres, List<String> operatorKeys) {
        InstallationSecrets secrets = options.secrets() == null ? data.secrets() : options.secrets();
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", options.port());
        properties.put("logging.file.name", data.logFile().toString());
        properties.put(MailSettings.FOLDER, data.mails().toString());
        properties.put(FileSettings.FOLDER, data.files().toString());
        properties.put("cartulary.secret", secrets.first());
        properties.put("cartulary.other-secrets", secrets.all().stream().skip(1).collect(Collectors.joining("\n")));
        properties.put(
                "cartulary.operator-key-sha256",
                operatorKeys.stream().map(PlatformProcess::sha256).collect(Collectors.joining(",")));
        properties.put(
                HostedServices.PROPERTY,
                options.services().stream().map(ServiceName::word).collect(Collectors.joining(",")));
        options.remotes().forEach((service, url) -> properties.put("cartulary.remote." + service.word(), url));
        DatabaseUrl url = options.databaseUrl();
        if (postgres != null) {
            url = new DatabaseUrl(
                    URI.create("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/")
                            .toString(),
                    postgres.superuser(),
                    postgres.password(),
                    "postgres");
        } else {
            properties.put("cartulary.database.pools", "production");
        }
        if (url != null) {
            properties.put("cartulary.database.server", url.server());
            properties.put("cartulary.database.admin.user", url.user());
            properties.put("cartulary.database.admin.password", url.password());
            properties.put("cartulary.database.admin.database", url.database());
        }
        properties.putAll(options.properties());
        return properties;
    }

    /** The operator's key. */
    public String operatorKey() {
        return operatorKey;
    }

    /** How the start went, so far. */
    public StartTimeline timeline() {
        return timeline;
    }

    /** The memory occupied at this moment. */
    public ResidentMemory memory() {
        return ResidentMemory.of(
                postgres == null
                        ? Stream.empty()
                        : ProcessHandle.of(postgres.pid()).stream()
                                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants())));
    }

    /** The folder that the process uses. */
    public DataDirectory data() {
        return data;
    }

    /** The base URL under which requests are answered. */
    public String url() {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** The base URL of the whole platform: {@code cartulary.public-url}, or that of this process. */
    String publicUrl() {
        return context.getEnvironment().getProperty("cartulary.public-url", url());
    }

    /** Whether the service is hosted here. */
    public boolean hosts(ServiceName service) {
        return ServiceName.parse(context.getEnvironment().getProperty(HostedServices.PROPERTY, "all"))
                .contains(service);
    }

    /** The bean of the type; for what starts with the process. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Ends open requests, then the services, then PostgreSQL. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            context.close();
        } finally {
            if (postgres != null) {
                postgres.close();
            }
            data.close();
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
