package org.cartulary.platform.database;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Sockets that are closed when they have been silent for too long while somebody reads: the network has lost the connection
 * without telling anybody, and whoever reads would wait for ever. The reader gets a {@link java.net.SocketException}.
 *
 * <p>{@link Socket#setSoTimeout} would say so as well, but a virtual thread pays for each read with a timer that is set, and
 * cancelled again when the answer is there, on another thread: a sixth of what a purchase costs in Java. Here one thread of
 * the process looks once a second. The driver makes this factory by its name. Thread-safe.
 */
public final class WatchedSocketFactory extends SocketFactory {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Set<WatchedSocket> SOCKETS = ConcurrentHashMap.newKeySet();

    static {
        Thread.ofPlatform().daemon().name("silent-connections").start(WatchedSocketFactory::watch);
    }

    private final long limitNanos;

    /**
     * Sockets with this limit.
     *
     * @param limitSeconds the longest silence in seconds, more than 0; it may last a second longer
     */
    public WatchedSocketFactory(String limitSeconds) {
        long seconds = Long.parseLong(limitSeconds);
        if (seconds < 1) {
            throw new IllegalArgumentException("the longest silence is at least a second, not " + limitSeconds);
        }
        this.limitNanos = Duration.ofSeconds(seconds).toNanos();
    }

    private static void watch() {
        while (true) {
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                // Nobody has a reason to end it before the process.
                continue;
            }
            SOCKETS.forEach(WatchedSocket::closeIfSilent);
        }
    }

    @Override
    public Socket createSocket() {
        WatchedSocket socket = new WatchedSocket(limitNanos);
        SOCKETS.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw notConnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw notConnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw notConnected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw notConnected();
    }

    private static UnsupportedOperationException notConnected() {
        return new UnsupportedOperationException("the driver connects its sockets itself");
    }

    private static final class WatchedSocket extends Socket {

        private static final long NOBODY_READS = 0;

        private final long limitNanos;

        /** By {@link System#nanoTime()}. */
        private volatile long readingSince = NOBODY_READS;

        WatchedSocket(long limitNanos) {
            this.limitNanos = limitNanos;
        }

        void closeIfSilent() {
            long since = readingSince;
            if (since != NOBODY_READS && System.nanoTime() - since > limitNanos) {
                try {
                    close();
                } catch (IOException e) {
                    // It is closed all the same, and its reader is told; there is nobody else to tell.
                }
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    begin();
                    try {
                        return super.read();
                    } finally {
                        readingSince = NOBODY_READS;
                    }
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    begin();
                    try {
                        return super.read(bytes, offset, length);
                    } finally {
                        readingSince = NOBODY_READS;
                    }
                }
            };
        }

        private void begin() {
            long now = System.nanoTime();
            readingSince = now == NOBODY_READS ? 1 : now;
        }

        @Override
        public synchronized void close() throws IOException {
            SOCKETS.remove(this);
            super.close();
        }
    }
}
