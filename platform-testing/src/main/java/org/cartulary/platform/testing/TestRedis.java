package org.cartulary.platform.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import redis.embedded.RedisExecProvider;

/**
 * A real Redis in a process of its own, on the loopback interface, with a password, its data in a temporary folder and every write on
 * disk before it is answered. It can be killed and started again on the same port with the same data. Modules that use it name
 * {@code org.signal:embedded-redis} among their dependencies. Safe for use by several threads.
 */
public final class TestRedis implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration POLLING_PAUSE = Duration.ofMillis(20);
    private static final int SOCKET_TIMEOUT_MILLIS = 2_000;

    private final Path folder;
    private final int port;
    private final String password = UUID.randomUUID().toString();
    private final Thread endWithProgram = new Thread(this::destroy, "redis-end");
    private @Nullable Process process;

    private TestRedis(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    private static final class Holder {
        static final TestRedis SHARED = create();
    }

    /** One server for all tests of this program; the first call starts it, and it ends with the program. */
    public static TestRedis shared() {
        return Holder.SHARED;
    }

    /** A new server, which runs. */
    public static TestRedis create() {
        TestRedis redis = prepare();
        redis.start();
        return redis;
    }

    /** A new server that is not started yet; its port is known and refuses connections. */
    public static TestRedis prepare() {
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            TestRedis redis = new TestRedis(Files.createTempDirectory("cartulary-redis-"), free.getLocalPort());
            Runtime.getRuntime().addShutdownHook(redis.endWithProgram);
            return redis;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The address for clients, with the password: {@code redis://:password@host:port/0}. */
    public String url() {
        return "redis://:" + password + "@127.0.0.1:" + port + "/0";
    }

    /** The password. */
    public String password() {
        return password;
    }

    /** Starts the server and returns when it answers; does nothing if it runs. */
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        process = run();
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("Redis did not start:\n" + output());
            }
            LockSupport.parkNanos(POLLING_PAUSE.toNanos());
        }
    }

    /** Kills the server as a power cut would: SIGKILL. Returns when it is gone. */
    public synchronized void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroyForcibly();
        try {
            running.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Redis ends", e);
        }
        process = null;
    }

    /** Kills the server and removes its data. */
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

    private Process run() {
        try {
            Path settings = folder.resolve("redis.conf");
            Files.writeString(settings, """
                    bind 127.0.0.1
                    port %d
                    requirepass %s
                    dir %s
                    appendonly yes
                    appendfsync always
                    save ""
                    maxmemory-policy noeviction
                    """.formatted(port, password, folder));
            return new ProcessBuilder(RedisExecProvider.defaultProvider().get().getPath(), settings.toString())
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
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SOCKET_TIMEOUT_MILLIS);
            socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String expected = "+OK\r\n+PONG\r\n";
            return new String(in.readNBytes(expected.length()), StandardCharsets.US_ASCII).equals(expected);
        } catch (IOException notYet) {
            return false;
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output.log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
