package org.cartulary.tests.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script in a folder of migrations.
 *
 * @param name its file name
 * @param hasUndo whether a script of the same number and name leads back
 */
record MigrationScript(String name, String sql, boolean hasUndo) {

    private static final Pattern NO_ACTION =
            Pattern.compile("CONSTRAINT (\\w+) FOREIGN KEY [^;]*?ON DELETE NO ACTION", Pattern.CASE_INSENSITIVE);

    /** The scripts in {@code migrations} under the folder, in the order in which they run. */
    static List<MigrationScript> in(Path folder) {
        return Repository.list(folder.resolve("migrations"), Files::isRegularFile).stream()
                .map(file -> {
                    String name = file.getFileName().toString();
                    Path undo = folder.resolve("undo").resolve(name.replaceFirst("^V", "U"));
                    return new MigrationScript(name, Repository.read(file), Files.exists(undo));
                })
                .toList();
    }

    /** The undo scripts under the folder that undo nothing. */
    static List<String> undoOfNothing(Path folder) {
        return Repository.list(folder.resolve("undo"), Files::isRegularFile).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !Files.exists(folder.resolve("migrations").resolve(name.replaceFirst("^U", "V"))))
                .toList();
    }

    /** The foreign keys of a service that say ON DELETE NO ACTION. */
    static List<String> foreignKeysThatStateNoAction(String service) {
        List<String> names = new ArrayList<>();
        for (Path file : Repository.list(Repository.migrationsOf(service), Files::isRegularFile)) {
            for (SqlStatement statement : SqlStatement.of(Repository.read(file))) {
                for (String part : SqlStatement.parts(statement.text().replaceFirst("^[^(]*\\(", ""))) {
                    Matcher found = NO_ACTION.matcher(part);
                    if (found.find()) {
                        names.add(found.group(1));
                    }
                }
            }
        }
        return names;
    }
}
