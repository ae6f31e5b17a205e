package org.cartulary.platform.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that have to be told theirs before they start, or that are started again on the same one. They lie below those
 * which operating systems give to whoever asks for any: no connection and no other server gets one of them by chance between
 * the look and the start. Thread-safe.
 */
public final class FreePorts {

    /** Linux gives away those from 32768 on, others those from 49152 on. */
    private static final int FIRST = 15_000;

    private static final int END = 32_000;
    private static final int ATTEMPTS = 1_000;

    private FreePorts() {}

    /**
     * A port of the loopback interface that nobody uses at this moment.
     *
     * @throws IllegalStateException if none is found
     */
    public static int any() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port between " + FIRST + " and " + END + " is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
