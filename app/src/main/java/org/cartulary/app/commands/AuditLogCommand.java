package org.cartulary.app.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.cartulary.app.FailureReason;
import org.cartulary.app.InstallationException;
import org.cartulary.app.client.ApiClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Proves that nobody has altered the audit logs. */
@Command(
        name = "audit-log",
        description = {
            "Read the chains of critical operations of all services from their beginnings, and show the first altered entry of each.",
            "The exit status is 0 when all are whole."
        },
        mixinStandardHelpOptions = true)
final class AuditLogCommand implements Callable<Integer> {

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    @Option(
            names = "--anchors",
            paramLabel = "FILE",
            description =
                    "Compare them with the ends that were kept in this file: so a chain that was cut off is found too.")
    private @Nullable Path anchors;

    @Option(
            names = "--keep",
            paramLabel = "FILE",
            description = "Keep the present ends of the chains in this file, when all are whole. Put it where who can"
                    + " change the databases cannot change it.")
    private @Nullable Path keep;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ObjectNode request = ApiClient.object();
        ArrayNode kept = request.putArray("anchors");
        if (anchors != null) {
            read(anchors).stream().filter(line -> !line.isBlank()).forEach(line -> kept.add(anchor(line)));
        }
        JsonNode answer = platform.operator().post("/api/v1/admin/audit-verifications", request);
        print(spec.commandLine().getOut(), answer);
        boolean ok = answer.path("ok").asBoolean(false);
        if (ok && keep != null) {
            List<String> lines = answer.path("chains")
                    .valueStream()
                    .map(AuditLogCommand::line)
                    .toList();
            write(keep, lines);
        }
        return ok ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new InstallationException("the file " + file + " cannot be read: " + FailureReason.of(e));
        }
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new InstallationException("the file " + file + " cannot be written: " + FailureReason.of(e));
        }
    }

    private static void print(PrintWriter out, JsonNode answer) {
        long entries = 0;
        out.printf("%-12s %-36s %10s  %s%n", "service", "tenant", "entries", "hash of the last");
        for (JsonNode chain : answer.path("chains")) {
            out.printf(
                    "%-12s %-36s %,10d  %s%n",
                    chain.path("service").asString(),
                    chain.path("tenantId").asString(),
                    chain.path("entries").asLong(),
                    chain.path("hash").asString());
            if (chain.path("broken").isObject()) {
                out.printf(
                        "    altered at entry %d: %s%n",
                        chain.path("broken").path("number").asLong(),
                        chain.path("broken").path("detail").asString());
            }
            entries += chain.path("entries").asLong();
        }
        for (JsonNode service : answer.path("unavailable")) {
            out.printf(
                    "%-12s %s%n",
                    service.path("service").asString(), service.path("detail").asString());
        }
        out.printf(
                "%,d entries in %,d chains. %s%n",
                entries,
                answer.path("chains").size(),
                answer.path("ok").asBoolean(false) ? "All chains are whole." : "Not all chains are whole.");
        out.flush();
    }

    private static String line(JsonNode chain) {
        return String.join(
                " ",
                chain.path("service").asString(),
                chain.path("tenantId").asString(),
                Long.toString(chain.path("entries").asLong()),
                chain.path("hash").asString());
    }

    private ObjectNode anchor(String line) {
        List<String> words = List.of(line.strip().split(" +"));
        try {
            return ApiClient.object()
                    .put("service", words.getFirst())
                    .put("tenantId", UUID.fromString(words.get(1)).toString())
                    .put("number", Long.parseLong(words.get(2)))
                    .put("hash", words.get(3));
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "this is no end of a chain: " + line, unreadable);
        }
    }
}
