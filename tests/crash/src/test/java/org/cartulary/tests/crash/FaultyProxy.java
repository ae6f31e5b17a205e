package org.cartulary.tests.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A network between two processes that can be spoilt: everything passes until a {@link Fault} is set. Thread-safe. */
final class FaultyProxy implements AutoCloseable {

    private static final int CHUNK = 8 * 1024;
    private static final long DELAY_NANOS = Duration.ofMillis(500).toNanos();
    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private final ServerSocket listening;
    private final int target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> lost = ConcurrentHashMap.newKeySet();
    private final AtomicLong hits = new AtomicLong();
    private volatile @Nullable Fault fault;

    /** What is wrong with the network. */
    enum Fault {
        /** Every connection ends, and every new one ends before it brought anything. */
        CUT,
        /** Every connection ends with a reset in the middle of whatever it brings. */
        RESET,
        /** Everything comes, half a second late. */
        DELAY,
        /** Connections stay, and nothing comes through any more; nobody is told. */
        HALF_OPEN
    }

    private FaultyProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 64, InetAddress.ofLiteral("127.0.0.1"));
    }

    /** A network to a port of this machine on which nothing need listen yet. */
    static FaultyProxy to(int target) {
        try {
            FaultyProxy proxy = new FaultyProxy(target);
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port at which the other process seems to be. */
    int port() {
        return listening.getLocalPort();
    }

    /** How often the present fault has done its harm. */
    long hits() {
        return hits.get();
    }

    /** Spoils the network. */
    void spoil(Fault next) {
        hits.set(0);
        fault = next;
        if (next == Fault.CUT) {
            sockets.forEach(FaultyProxy::end);
        }
    }

    /** Mends the network; of connections that were spoilt both ends learn now that they are. */
    void mend() {
        boolean silent = fault == Fault.HALF_OPEN;
        fault = null;
        if (silent) {
            sockets.forEach(FaultyProxy::end);
        }
    }

    /** Mends the network for new connections; what was silent stays silent, and its ends never learn why. */
    void mendForNewConnections() {
        lost.addAll(sockets);
        fault = null;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket from = listening.accept();
                sockets.add(from);
                threads.execute(() -> connect(from));
            } catch (IOException e) {
                // The only way in which a listening socket fails here: it is closed, and the loop ends.
                end(null);
            }
        }
    }

    private void connect(Socket from) {
        if (fault == Fault.CUT) {
            hits.incrementAndGet();
            end(from);
            return;
        }
        try {
            Socket to = new Socket(InetAddress.ofLiteral("127.0.0.1"), target);
            sockets.add(to);
            threads.execute(() -> pump(from, to));
            threads.execute(() -> pump(to, from));
        } catch (IOException e) {
            end(from);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (!suffer(from, to)) {
                    return;
                }
                out.write(chunk, 0, length);
                out.flush();
            }
        } catch (IOException e) {
            // What a broken connection means is up to those at its ends; here it is only gone.
            end(from);
            end(to);
        } finally {
            sockets.remove(from);
            sockets.remove(to);
            lost.remove(from);
            lost.remove(to);
        }
    }

    /** Lets the present fault do its harm; whether what was read is to be passed on. */
    private boolean suffer(Socket from, Socket to) throws IOException {
        Fault present = lost.contains(from) ? Fault.HALF_OPEN : fault;
        if (present == null) {
            return true;
        }
        hits.incrementAndGet();
        switch (present) {
            case DELAY -> LockSupport.parkNanos(DELAY_NANOS);
            case HALF_OPEN -> {
                while ((fault == Fault.HALF_OPEN || lost.contains(from)) && !from.isClosed()) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
            case RESET -> {
                from.setSoLinger(true, 0);
                to.setSoLinger(true, 0);
            }
            case CUT -> {}
        }
        return present == Fault.DELAY;
    }

    private static void end(@Nullable Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(FaultyProxy::end);
        threads.shutdownNow();
    }
}
