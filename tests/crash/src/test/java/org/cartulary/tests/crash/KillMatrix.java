package org.cartulary.tests.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.tests.support.Reconciled;

/** What became of every saga that was killed, printed and written to {@code target/kill-matrix.md}. For one thread. */
final class KillMatrix {

    private final List<Row> rows = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();

    /**
     * What became of one saga.
     *
     * @param recovered what was there after the recovery
     * @param atomic whether that is all or nothing
     * @param status what the repeated call was answered
     * @param end what was there after that
     * @param completed whether both are what they should be
     */
    record Row(
            String kill,
            String scenario,
            String point,
            Scenario.State recovered,
            boolean atomic,
            int status,
            Scenario.State end,
            boolean completed) {

        private String line() {
            return "| %s | %s | %s | %d available, charged %d× %s%s | %d | %d available, charged %d× %s%s |"
                    .formatted(
                            kill,
                            scenario,
                            point,
                            recovered.available(),
                            recovered.charges(),
                            recovered.charged().toPlainString(),
                            atomic ? "" : " **in between**",
                            status,
                            end.available(),
                            end.charges(),
                            end.charged().toPlainString(),
                            completed ? "" : " **wrong**");
        }
    }

    void add(List<Row> examined, Reconciled reconciled) {
        rows.addAll(examined);
        reports.add("%d kills: %d invariants checked, %s"
                .formatted(
                        examined.size(),
                        reconciled.invariants(),
                        reconciled.holds() ? "all hold" : "**some do not hold**"));
    }

    void print() throws IOException {
        StringBuilder text = new StringBuilder("""
                | killed | scenario | at | after the recovery | repeated call | in the end |
                | --- | --- | --- | --- | --- | --- |
                """);
        rows.forEach(row -> text.append(row.line()).append('\n'));
        text.append('\n');
        reports.forEach(report -> text.append("- ").append(report).append('\n'));
        Files.writeString(Path.of("target", "kill-matrix.md"), text);
        System.out.println(text);
    }
}
