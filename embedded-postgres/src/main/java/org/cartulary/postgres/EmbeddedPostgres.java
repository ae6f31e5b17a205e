package org.cartulary.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that belongs to this program and listens on 127.0.0.1 only. Its data outlives the program, and by
 * default every committed transaction survives a crash of the program, of the server and of the machine.
 *
 * <p>The owner has to {@link #close()} it as the last thing before the program ends: there is no shutdown hook, because
 * hooks run in no order and others may still need the database. When the program is killed the server goes on running;
 * the next start with the same data directory stops it and takes over.
 *
 * <p>Instances are safe for use by several threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    static final String SUPERUSER = "postgres";
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int ATTEMPTS_TO_FIND_A_PORT = 5;

    private final ServerStart start;
    private final DirectoryLock directoryLock;
    private final String password;
    private final int port;
    private final ReentrantLock transition = new ReentrantLock();
    private volatile ServerProcess server;
    private volatile boolean closed;

    private EmbeddedPostgres(ServerStart start, DirectoryLock directoryLock, int wantedPort) throws IOException {
        this.start = start;
        this.directoryLock = directoryLock;
        this.password = start.directory().password();
        Started started = wantedPort == 0 ? startOnFreePort(start) : new Started(start.on(wantedPort), wantedPort);
        this.port = started.port();
        this.server = started.server();
        this.server.watch();
    }

    private record Started(ServerProcess server, int port) {}

    /** Between picking a port and the server's use of it another program may take it. */
    private static Started startOnFreePort(ServerStart start) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = Port.pickFree();
            try {
                return new Started(start.on(port), port);
            } catch (PortInUseException taken) {
                if (attempt == ATTEMPTS_TO_FIND_A_PORT) {
                    throw taken;
                }
            }
        }
    }

    /**
     * Begins the description of a server.
     *
     * @param dataDirectory where the data is, or shall be: a directory that Cartulary created earlier, an empty one, or
     *     one that does not exist yet. It must be on a local disk, and must not itself be a mount point.
     */
    public static Builder builder(Path dataDirectory) {
        return new Builder(dataDirectory);
    }

    /** The TCP port on 127.0.0.1; it stays the same for the life of this instance. */
    public int port() {
        return port;
    }

    /** The name of the database superuser. */
    public String superuser() {
        return SUPERUSER;
    }

    /** The superuser's password: random, made with the data directory, kept there in a file only its owner can read. */
    public String password() {
        return password;
    }

    /** The address of a database of this server, without user and password. */
    public String jdbcUrl(String database) {
        return jdbcUrl(port, database);
    }

    static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + URLEncoder.encode(database, UTF_8);
    }

    /** The data directory with all symbolic links resolved. */
    public Path dataDirectory() {
        return start.directory().path();
    }

    /** The PostgreSQL release, such as {@code 18.6}. */
    public String version() {
        return start.binaries().version();
    }

    /** The id of the server's main process; another one after each {@link #restart()}. */
    public long pid() {
        return server.processId();
    }

    /** Whether the server's main process lives. */
    public boolean isRunning() {
        return server.isAlive();
    }

    /**
     * Stops the server, if it still runs, and starts it again on the same port. After a crash of the server this recovers
     * every committed transaction.
     *
     * @throws IllegalStateException when this instance is closed
     * @throws PortInUseException when another program took the port meanwhile
     * @throws EmbeddedPostgresException when the server cannot be stopped or started
     */
    public void restart() {
        transition.lock();
        try {
            if (closed) {
                throw new IllegalStateException("This PostgreSQL server was closed");
            }
            server.stop();
            server = start.on(port);
            server.watch();
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("PostgreSQL could not be started again", failure);
        } finally {
            transition.unlock();
        }
    }

    /**
     * Shuts the server down: sessions are ended, open transactions rolled back, everything is written to disk. Waits up to
     * 30 seconds for that, then ends the server as a crash would, which loses nothing that was committed. Further calls do
     * nothing.
     *
     * @throws EmbeddedPostgresException when the server cannot be stopped, or the calling thread is interrupted; the call
     *     can be repeated then
     */
    @Override
    public void close() {
        transition.lock();
        try {
            if (closed) {
                return;
            }
            server.stop();
            closed = true;
            directoryLock.close();
            LOG.info("PostgreSQL on port {} has stopped", port);
        } finally {
            transition.unlock();
        }
    }

    /** Describes a server before its start; not safe for use by several threads. */
    public static final class Builder {
        private static final int HIGHEST_PORT = 65_535;

        private final Path dataDirectory;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private int port;
        private boolean durable = true;
        private int maxConnections = 300;
        private Duration startLimit = Duration.ofMinutes(5);
        private @Nullable Path binaryFolder;

        private Builder(Path dataDirectory) {
            this.dataDirectory = dataDirectory;
        }

        /** The port to listen on; 0, the default, picks a free one at each start. */
        public Builder port(int value) {
            if (value < 0 || value > HIGHEST_PORT) {
                throw new IllegalArgumentException("Not a port: " + value);
            }
            this.port = value;
            return this;
        }

        /**
         * Whether a commit waits until it is on the disk; true unless said otherwise. With false, for tests only, a crash
         * of the machine may destroy the whole data directory.
         */
        public Builder durable(boolean value) {
            this.durable = value;
            return this;
        }

        /** The greatest number of sessions at the same time; 300 unless said otherwise. */
        public Builder maxConnections(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("At least one connection is needed, not " + value);
            }
            this.maxConnections = value;
            return this;
        }

        /**
         * Adds or replaces a setting of {@code postgresql.conf}.
         *
         * @throws IllegalArgumentException for a setting that is fixed or has a method of its own here
         */
        public Builder setting(String name, String value) {
            ServerSettings.requireChangeable(name);
            settings.put(name, value);
            return this;
        }

        /** How long the start may take, recovery after a crash included; five minutes unless said otherwise. */
        public Builder startLimit(Duration value) {
            this.startLimit = value;
            return this;
        }

        /** Where to unpack the PostgreSQL programs, instead of the user's cache folder. */
        public Builder binaryFolder(Path value) {
            this.binaryFolder = value;
            return this;
        }

        /**
         * Starts the server and returns when it accepts connections. The first start creates the data directory. A server
         * which a killed program left behind in this data directory is stopped first.
         *
         * @throws DataDirectoryInUseException when another running instance owns the data directory
         * @throws ForeignDataDirectoryException when the directory holds anything Cartulary did not create
         * @throws IncompatibleDataDirectoryException when another major version of PostgreSQL created it
         * @throws PortInUseException when another program listens on the port
         * @throws EmbeddedPostgresException when the server cannot be started for another reason
         */
        public EmbeddedPostgres start() {
            long begin = System.nanoTime();
            try {
                EmbeddedPostgres postgres = launch();
                LOG.info(
                        "PostgreSQL {} runs on port {} with the data in {} (started in {} ms)",
                        postgres.version(),
                        postgres.port(),
                        postgres.dataDirectory(),
                        Duration.ofNanos(System.nanoTime() - begin).toMillis());
                return postgres;
            } catch (IOException failure) {
                throw new EmbeddedPostgresException(
                        "PostgreSQL could not be started in " + dataDirectory + ": " + failure, failure);
            }
        }

        private EmbeddedPostgres launch() throws IOException {
            ServerUser user = ServerUser.current();
            PostgresBinaries binaries = new BinaryCache(user, BinaryArchive.forThisMachine()).binaries(binaryFolder);
            DataDirectory directory = DataDirectory.open(dataDirectory, binaries, user, durable);
            ServerSettings serverSettings = new ServerSettings(durable, maxConnections, Map.copyOf(settings));
            DirectoryLock lock = directory.lock();
            try {
                ServerStart start = new ServerStart(binaries, user, directory, serverSettings, startLimit);
                return new EmbeddedPostgres(start, lock, port);
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        }
    }
}
