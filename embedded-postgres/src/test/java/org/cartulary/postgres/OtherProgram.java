package org.cartulary.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A second Java program that owns a server, for tests of what happens when it is killed or runs at the same time. */
final class OtherProgram implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private OtherProgram(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Starts it; it prints the server's process id, or the name of the exception, and stays until it is killed. */
    static OtherProgram start(Path dataDirectory) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        Process process = new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProgram.class.getName(),
                        dataDirectory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new OtherProgram(process);
    }

    String firstLine() throws IOException {
        return output.readLine();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws Exception {
        try {
            EmbeddedPostgres postgres =
                    EmbeddedPostgres.builder(Path.of(arguments[0])).start();
            Workspace.execute(postgres, "CREATE TABLE note (body text)");
            Workspace.execute(postgres, "INSERT INTO note VALUES ('written by the other program')");
            System.out.println(postgres.pid());
        } catch (EmbeddedPostgresException refused) {
            System.out.println(refused.getClass().getSimpleName());
        }
        new CountDownLatch(1).await();
    }
}
