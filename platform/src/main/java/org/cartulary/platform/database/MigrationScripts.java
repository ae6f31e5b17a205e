package org.cartulary.platform.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The migrations of one service on the class path.
 *
 * @param locations the folders that hold some, in Flyway's notation
 * @param fingerprint differs when a script is added, removed, renamed or changed
 */
record MigrationScripts(List<String> locations, String fingerprint) {

    private static final String PLATFORM_MIGRATIONS = "db/platform/migrations";

    static MigrationScripts of(String service) {
        List<String> folders = List.of(
                PLATFORM_MIGRATIONS,
                "db/platform/functions",
                "db/" + service + "/migrations",
                "db/" + service + "/functions");
        var resolver = new PathMatchingResourcePatternResolver(MigrationScripts.class.getClassLoader());
        MessageDigest digest = sha256();
        List<String> locations = new ArrayList<>();
        try {
            for (String folder : folders) {
                if (addTo(digest, folder, resolver)) {
                    locations.add("classpath:" + folder);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the migrations of " + service + " cannot be read", unreadable);
        }
        if (!locations.contains("classpath:" + PLATFORM_MIGRATIONS)) {
            throw new IllegalStateException("the class path has no " + PLATFORM_MIGRATIONS);
        }
        return new MigrationScripts(List.copyOf(locations), HexFormat.of().formatHex(digest.digest()));
    }

    private static boolean addTo(MessageDigest digest, String folder, PathMatchingResourcePatternResolver resolver)
            throws IOException {
        Resource[] scripts = resolver.getResources("classpath*:" + folder + "/*.sql");
        Arrays.sort(scripts, Comparator.comparing(MigrationScripts::name));
        for (Resource script : scripts) {
            byte[] content;
            try (InputStream stream = script.getInputStream()) {
                content = stream.readAllBytes();
            }
            digest.update((folder + "/" + name(script) + " " + content.length + "\n").getBytes(UTF_8));
            digest.update(content);
        }
        return scripts.length > 0;
    }

    private static String name(Resource script) {
        String name = script.getFilename();
        return name == null ? script.getDescription() : name;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
