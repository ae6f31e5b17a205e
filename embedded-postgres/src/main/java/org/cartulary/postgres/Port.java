package org.cartulary.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback address. */
final class Port {
    private static final int ANY = 0;
    private static final int SHORTEST_QUEUE = 1;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private Port() {}

    static int pickFree() {
        try (ServerSocket socket = listen(ANY)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("No free port could be found on 127.0.0.1", failure);
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, SHORTEST_QUEUE, InetAddress.getByAddress(LOOPBACK));
    }
}
