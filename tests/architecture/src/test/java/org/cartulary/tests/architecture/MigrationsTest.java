package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The migrations of the platform and of every service can run while the version before is at work. */
@Tag("PLT-06")
class MigrationsTest {

    static Stream<Named<Path>> folders() {
        return Repository.migratedFolders().stream()
                .map(folder -> Named.of(folder.getFileName().toString(), folder));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void migrationsStopNobody(Path folder) {
        assertThat(MigrationLint.findings(MigrationScript.in(folder))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyUndoLeadsBackFromAMigration(Path folder) {
        assertThat(MigrationScript.undoOfNothing(folder)).isEmpty();
    }
}
