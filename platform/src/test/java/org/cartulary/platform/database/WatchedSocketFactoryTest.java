package org.cartulary.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("PLT-13")
class WatchedSocketFactoryTest {

    private static final int SAYING_SOMETHING_TIMES = 6;
    private static final long PAUSE_NANOS = 1_000_000_000;
    private static final int LONGEST_WAIT_SECONDS = 60;

    private ServerSocket server;
    private Socket client;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = new WatchedSocketFactory("5").createSocket();
        client.connect(server.getLocalSocketAddress());
        peer = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        peer.close();
        server.close();
    }

    /** By another thread, since nothing else than the end of the connection ends a reader. */
    @Test
    @Timeout(value = LONGEST_WAIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aReaderOfASilentConnectionIsToldSo() {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> client.getInputStream().read(new byte[1]));
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aConnectionThatSaysSomethingNowAndThenStaysHoweverLongItTakes() throws Exception {
        Thread saying = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < SAYING_SOMETHING_TIMES; i++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                say(i);
            }
        });
        for (int i = 0; i < SAYING_SOMETHING_TIMES; i++) {
            assertThat(client.getInputStream().read()).isEqualTo(i);
        }
        saying.join();
    }

    @Test
    void aConnectionThatNobodyReadsMayBeSilent() throws IOException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < SAYING_SOMETHING_TIMES * PAUSE_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        say(7);
        assertThat(client.getInputStream().read()).isEqualTo(7);
    }

    @Test
    void thereIsALimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WatchedSocketFactory("0"));
    }

    private void say(int number) {
        try {
            peer.getOutputStream().write(number);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
