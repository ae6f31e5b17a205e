package org.cartulary.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The unpacked programs of one PostgreSQL release. */
record PostgresBinaries(Path home, String version) {
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)*");

    /** Asks the server program itself, which also proves that it can be executed from there. */
    static String versionOf(Path home) throws IOException {
        Command.Result result =
                Command.run(List.of(home.resolve("bin").resolve("postgres").toString(), "--version"));
        Matcher version = VERSION.matcher(result.output());
        if (!result.succeeded() || !version.find()) {
            throw new IOException("The PostgreSQL programs cannot be run here: " + result.output());
        }
        return version.group();
    }

    int majorVersion() {
        return Integer.parseInt(version.replaceFirst("\\..*", ""));
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    boolean hasLibrary(String name) {
        return Stream.of(".so", ".dylib")
                .anyMatch(suffix -> Files.exists(home.resolve("lib/postgresql").resolve(name + suffix)));
    }
}
