package org.cartulary.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs short programs of the operating system in an environment that cannot mislead PostgreSQL. */
final class Command {
    private static final Path ROOT = Path.of("/");
    private static final String USUAL_FOLDERS = "/usr/bin:/bin:/usr/sbin:/sbin";

    private Command() {}

    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Runs the command to its end and returns all it printed. */
    static Result run(List<String> command) throws IOException {
        Process process = prepare(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            return new Result(process.waitFor(), output.strip());
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while running " + command.getFirst(), interrupted);
        }
    }

    /** A process builder without the variables (PGDATA, PGPORT, LC_ALL, …) which PostgreSQL would obey. */
    static ProcessBuilder prepare(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** The program's full path, when it is installed. */
    static Optional<String> find(String program) {
        String folders = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + USUAL_FOLDERS;
        return Stream.of(folders.split(File.pathSeparator, -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
