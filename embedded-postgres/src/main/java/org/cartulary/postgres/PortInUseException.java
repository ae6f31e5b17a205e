package org.cartulary.postgres;

/** Another program listens on the wanted port. */
public final class PortInUseException extends EmbeddedPostgresException {
    PortInUseException(int port) {
        super("Port " + port + " of 127.0.0.1 is already used by another program."
                + " Stop that program, choose another port, or choose port 0 to have a free one picked.");
    }
}
