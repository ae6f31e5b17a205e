package org.cartulary.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Closes connections on which a request drips in: each byte would begin the idle time-out anew, so that few clients could hold all
 * connections for ever. Who has begun a request, its head or its body, has to send at least so many bytes a second, after some
 * seconds of grace. While a request is worked on nothing comes in, and nothing is asked. One thread looks once a second.
 */
final class SlowClients implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Duration grace;
    private final long bytesPerSecond;

    SlowClients(Duration grace, long bytesPerSecond) {
        this.grace = grace;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.addBean(new Watch(server)));
    }

    /** What was last seen of a connection; {@code sinceNanos} is when the first bytes after {@code baseBytes} were seen. */
    private record Seen(long messages, long baseBytes, long bytes, long sinceNanos) {}

    private final class Watch extends AbstractLifeCycle {

        private final Server server;
        private Thread thread = new Thread("slow-clients");

        Watch(Server server) {
            this.server = server;
        }

        @Override
        protected void doStart() {
            thread = Thread.ofPlatform().daemon().name("slow-clients").start(this::watch);
        }

        @Override
        protected void doStop() {
            thread.interrupt();
        }

        private void watch() {
            Map<Connection, Seen> seen = new HashMap<>();
            while (!Thread.currentThread().isInterrupted()) {
                Map<Connection, Seen> before = seen;
                seen = HashMap.newHashMap(before.size());
                for (Connector connector : server.getConnectors()) {
                    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                        look(endPoint, before, seen);
                    }
                }
                try {
                    Thread.sleep(INTERVAL);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private void look(EndPoint endPoint, Map<Connection, Seen> before, Map<Connection, Seen> now) {
            Connection connection = endPoint.getConnection();
            if (connection == null) {
                return;
            }
            long messages = connection.getMessagesIn() + connection.getMessagesOut();
            long bytes = connection.getBytesIn();
            long nanos = System.nanoTime();
            Seen last = before.get(connection);
            if (last == null || last.messages() != messages) {
                // What came with a message is not counted again; of a new connection everything counts.
                now.put(connection, new Seen(messages, last == null ? 0 : bytes, bytes, nanos));
                return;
            }
            boolean begins = last.bytes() == last.baseBytes() && bytes > last.bytes();
            Seen seen = new Seen(messages, last.baseBytes(), bytes, begins ? nanos : last.sinceNanos());
            if (bytes > last.bytes() && drips(seen, nanos)) {
                LOG.info("{} sends its request too slowly, and is cut off", endPoint.getRemoteSocketAddress());
                endPoint.close();
            } else {
                now.put(connection, seen);
            }
        }

        private boolean drips(Seen seen, long nanos) {
            Duration lasted = Duration.ofNanos(nanos - seen.sinceNanos());
            return lasted.compareTo(grace) > 0 && seen.bytes() - seen.baseBytes() < bytesPerSecond * lasted.toSeconds();
        }
    }
}
