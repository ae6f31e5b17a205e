package org.cartulary.app.commands;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.cartulary.app.InstallationException;

/** Looks at a port before anything is started, since afterwards it is late to say that it cannot be had. */
final class LoopbackPort {

    private static final int LAST = 65_535;
    private static final int FIRST_UNPRIVILEGED = 1024;

    private LoopbackPort() {}

    /**
     * Makes sure that a port can be listened on; 0 is any free one.
     *
     * @throws InstallationException if it is none, belongs to another program, or needs a right that this process lacks
     */
    static void requireFree(int port) {
        if (port < 0 || port > LAST) {
            throw new InstallationException("--port is 0 to " + LAST + ", not " + port);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        } catch (IOException e) {
            String why =
                    port < FIRST_UNPRIVILEGED && String.valueOf(e.getMessage()).contains("ermission denied")
                            ? " may be used by the superuser only; say --port=" + (port + 8000) + ", for example"
                            : " is in use by another program; stop that one, or say --port=ANOTHER";
            throw new InstallationException("port " + port + why, e);
        }
    }
}
