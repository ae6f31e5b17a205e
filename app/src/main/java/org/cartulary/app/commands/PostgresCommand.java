package org.cartulary.app.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.cartulary.app.DataDirectory;
import org.cartulary.postgres.EmbeddedPostgres;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the embedded PostgreSQL alone, for several processes that share it. */
@Command(
        name = "postgres",
        description = "Run the embedded PostgreSQL alone, for several processes that share it. Its address, with the"
                + " password, is written to the file database-url in the data directory, for CARTULARY_DATABASE_URL.",
        mixinStandardHelpOptions = true)
final class PostgresCommand implements Callable<Integer> {

    @Option(names = "--data-dir", required = true, description = "Where the cluster is kept.")
    private Path dataDirectory = Path.of("data");

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = DataDirectory.create(dataDirectory);
        EmbeddedPostgres postgres =
                EmbeddedPostgres.builder(folder.resolve("postgres")).start();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            postgres.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        Path address = writeAddress(folder, postgres);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("PostgreSQL answers on port %d; its address is in %s. Ctrl-C stops it.%n", postgres.port(), address);
        out.flush();
        stopped.await();
        return CommandLine.ExitCode.OK;
    }

    /** Whoever finds the file finds it whole, and it holds a password from its first byte on. */
    private static Path writeAddress(Path folder, EmbeddedPostgres postgres) throws IOException {
        Path address = folder.resolve("database-url");
        Path draft = folder.resolve("database-url.new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                draft,
                "postgresql://" + postgres.superuser() + ":" + postgres.password() + "@127.0.0.1:" + postgres.port()
                        + "/postgres\n");
        return Files.move(draft, address, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
