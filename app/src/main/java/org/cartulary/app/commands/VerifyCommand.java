package org.cartulary.app.commands;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.cartulary.app.client.ApiClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Runs the reconciler and prints what it found. */
@Command(
        name = "verify",
        description = "Check every named invariant over all services; the exit status is 0 when all hold.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        JsonNode report = platform.operator().post("/api/v1/admin/reconciliations", ApiClient.object());
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-16s %-44s %12s %9s%n", "service", "invariant", "rows checked", "breaches");
        long rows = 0;
        long breaches = 0;
        for (JsonNode result : report.path("results")) {
            out.printf(
                    "%-16s %-44s %,12d %,9d%n",
                    result.path("service").asString(),
                    result.path("name").asString(),
                    result.path("rowsChecked").asLong(),
                    result.path("breaches").asLong());
            for (JsonNode example : result.path("examples")) {
                out.printf("    %s%n", example.asString());
            }
            rows += result.path("rowsChecked").asLong();
            breaches += result.path("breaches").asLong();
        }
        out.printf("%-16s %-44s %,12d %,9d%n", "total", report.path("results").size() + " invariants", rows, breaches);
        boolean holds = report.path("ok").asBoolean(false) && breaches == 0;
        out.println(holds ? "All records agree." : "The records do not agree.");
        out.flush();
        return holds ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
