package org.cartulary.platform.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A real Kafka broker in a process of its own, on the loopback interface, with its data in a temporary folder. It can be killed
 * and started again on the same port with the same data. Modules that use it name {@code org.apache.kafka:kafka_2.13} among
 * their dependencies. Safe for use by several threads.
 */
public final class TestKafka implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final Path folder;
    private final int port;
    private final Thread endWithProgram = new Thread(this::destroy, "kafka-end");
    private @Nullable Process process;

    private TestKafka(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    private static final class Holder {
        static final TestKafka SHARED = create();
    }

    /** One broker for all tests of this program; the first call starts it, and it ends with the program. */
    public static TestKafka shared() {
        return Holder.SHARED;
    }

    /** A new broker, which runs. */
    public static TestKafka create() {
        TestKafka kafka = prepare();
        kafka.start();
        return kafka;
    }

    /** A new broker that is not started yet; its port is known and refuses connections. */
    public static TestKafka prepare() {
        try {
            Path folder = Files.createTempDirectory("cartulary-kafka-");
            int port = FreePorts.any();
            TestKafka kafka = new TestKafka(folder, port);
            Files.writeString(folder.resolve("server.properties"), serverProperties(folder, port, FreePorts.any()));
            Files.writeString(folder.resolve("logback.xml"), logback(folder));
            Files.writeString(folder.resolve("arguments"), arguments(folder));
            kafka.format();
            Runtime.getRuntime().addShutdownHook(kafka.endWithProgram);
            return kafka;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The address for clients: {@code host:port}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Starts the broker and returns when it answers; does nothing if it runs. */
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        process = run("kafka.Kafka", folder.resolve("server.properties").toString());
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the broker did not start:\n" + output());
            }
        }
    }

    /** Kills the broker as a power cut would: SIGKILL. Returns when it is gone. */
    public synchronized void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            await(running);
            process = null;
        }
    }

    /** Kills the broker and removes its data. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(endWithProgram);
        destroy();
    }

    private void destroy() {
        kill();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** In this program, to which it costs less than the start of another one. */
    private void format() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = StorageTool.execute(
                new String[] {
                    "format",
                    "--standalone",
                    "--cluster-id",
                    Uuid.randomUuid().toString(),
                    "--config",
                    folder.resolve("server.properties").toString()
                },
                new PrintStream(said, true, StandardCharsets.UTF_8));
        if (status != 0) {
            throw new IllegalStateException(
                    "the storage of the broker was not formatted:\n" + said.toString(StandardCharsets.UTF_8));
        }
    }

    private Process run(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + folder.resolve("arguments")));
        command.add(mainClass);
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("output.log").toFile()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean answers() {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 1_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000))) {
            return !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker starts", e);
        }
    }

    private static void await(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a process", e);
        }
    }

    private String output() {
        StringBuilder text = new StringBuilder();
        for (String file : List.of("output.log", "broker.log")) {
            Path path = folder.resolve(file);
            try {
                text.append(Files.exists(path) ? Files.readString(path) : "");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return text.toString();
    }

    private static String serverProperties(Path folder, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=127.0.0.1:%2$d
                listeners=BROKER://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=BROKER://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=BROKER
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                auto.create.topics.enable=false
                num.partitions=4
                default.replication.factor=1
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                log.segment.bytes=16777216
                log.index.size.max.bytes=1048576
                num.network.threads=2
                num.io.threads=4
                """.formatted(port, controllerPort, folder.resolve("data"));
    }

    private static String arguments(Path folder) {
        return """
                -Xmx256m
                -Xms64m
                -XX:+UseSerialGC
                -XX:TieredStopAtLevel=1
                --enable-native-access=ALL-UNNAMED
                -Dlogback.configurationFile=%s
                -cp
                "%s"
                """.formatted(
                        folder.resolve("logback.xml"),
                        System.getProperty("java.class.path").replace("\\", "\\\\"));
    }

    private static String logback(Path folder) {
        return """
                <configuration>
                  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                    <file>%s</file>
                    <encoder><pattern>%%date %%-5level %%logger{0} %%msg%%n</pattern></encoder>
                  </appender>
                  <root level="WARN"><appender-ref ref="FILE"/></root>
                </configuration>
                """.formatted(folder.resolve("broker.log"));
    }
}
