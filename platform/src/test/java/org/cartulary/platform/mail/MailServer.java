package org.cartulary.platform.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of a mail server (RFC 5321) as it takes to receive mails, on a free port. */
final class MailServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::serve);
    private volatile String answerToRecipients = "250 ok";

    MailServer() throws IOException {
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What it says to {@code RCPT TO} from now on. */
    void answerRecipientsWith(String answer) {
        answerToRecipients = answer;
    }

    /** The mails that came, as they were sent. */
    List<String> mails() {
        return mails;
    }

    /** What clients said. */
    List<String> commands() {
        return commands;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                converse(client);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void converse(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8);
        out.print("220 ready\r\n");
        out.flush();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line);
            String word = line.split("[ :]", 2)[0];
            out.print(switch (word) {
                        case "EHLO" -> "250-here\r\n250 AUTH PLAIN";
                        case "AUTH" -> "235 welcome";
                        case "RCPT" -> answerToRecipients;
                        case "DATA" -> "354 go on";
                        case "QUIT" -> "221 bye";
                        default -> "250 ok";
                    }
                    + "\r\n");
            out.flush();
            if (word.equals("DATA")) {
                mails.add(data(in));
                out.print("250 taken\r\n");
                out.flush();
            }
        }
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            data.append(line).append('\n');
        }
        return data.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
