package org.cartulary.app.commands;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.cartulary.app.client.ApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what is stuck, and does something about it. */
@Command(
        name = "stuck-work",
        description = {
            "Show sagas and events that are stuck, in all services, and decide what becomes of them.",
            "The exit status of the list is 0 when nothing is stuck, 1 when something is."
        },
        subcommands = {
            StuckWorkCommand.ListCommand.class,
            StuckWorkCommand.RetryCommand.class,
            StuckWorkCommand.CompensateCommand.class,
            StuckWorkCommand.SkipCommand.class
        },
        mixinStandardHelpOptions = true)
final class StuckWorkCommand implements Callable<Integer> {

    private static final int MAX_ERROR_CHARACTERS = 160;

    @Mixin
    private Listing listing = new Listing();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return listing.print(spec.commandLine().getOut());
    }

    /** What to list, and how. */
    static final class Listing {

        @Mixin
        private PlatformOptions platform = new PlatformOptions();

        @Option(names = "--service", description = "Only this service.")
        private @Nullable String service;

        @Option(names = "--kind", description = "Only saga or event.")
        private @Nullable String kind;

        int print(PrintWriter out) {
            ApiClient operator = platform.operator();
            List<JsonNode> items = new ArrayList<>();
            JsonNode page;
            String cursor = "";
            do {
                page = operator.get("/api/v1/admin/stuck-work?limit=100" + parameter("service", service)
                        + parameter("kind", kind) + cursor);
                page.path("items").forEach(items::add);
                cursor = parameter("cursor", page.path("page").path("next").asString(""));
            } while (page.path("page").path("hasMore").asBoolean(false));
            List<JsonNode> unavailable = StreamSupport.stream(
                            page.path("unavailable").spliterator(), false)
                    .toList();
            table(out, items, unavailable);
            return items.isEmpty() && unavailable.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }

        private static void table(PrintWriter out, List<JsonNode> items, List<JsonNode> unavailable) {
            if (!items.isEmpty()) {
                out.printf(
                        "%-12s %-6s %-36s %-24s %-10s %8s  %-20s %s%n",
                        "service", "kind", "id", "type", "state", "attempts", "since", "possible");
            }
            items.forEach(item -> row(out, item));
            unavailable.forEach(service -> out.printf(
                    "%-12s %s%n",
                    service.path("service").asString(), service.path("detail").asString()));
            out.println(
                    items.isEmpty() && unavailable.isEmpty()
                            ? "Nothing is stuck."
                            : items.size() + (items.size() == 1 ? " piece" : " pieces") + " of work stuck."
                                    + (unavailable.isEmpty() ? "" : " Not all services have answered."));
            out.flush();
        }

        private static void row(PrintWriter out, JsonNode item) {
            out.printf(
                    "%-12s %-6s %-36s %-24s %-10s %8d  %-20.19s %s%n",
                    item.path("service").asString(),
                    item.path("kind").asString().toLowerCase(Locale.ROOT),
                    item.path("id").asString(),
                    item.path("type").asString(),
                    item.path("state").asString().toLowerCase(Locale.ROOT),
                    item.path("attempts").asInt(),
                    item.path("since").asString(),
                    String.join(
                            ", ",
                            StreamSupport.stream(item.path("acts").spliterator(), false)
                                    .map(act -> act.asString().toLowerCase(Locale.ROOT))
                                    .toList()));
            for (JsonNode step : item.path("steps")) {
                out.printf(
                        "    step %d %s: %s%n",
                        step.path("number").asInt(),
                        step.path("name").asString(),
                        step.path("status").asString());
            }
            String error = item.path("error").asString("").replaceAll("\\s+", " ");
            if (!error.isEmpty()) {
                out.printf("    %s%n", error.substring(0, Math.min(error.length(), MAX_ERROR_CHARACTERS)));
            }
        }

        private static String parameter(String name, @Nullable String value) {
            return value == null || value.isEmpty()
                    ? ""
                    : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    }

    /** The list, by its own name. */
    @Command(
            name = "list",
            description = "Show what is stuck; the exit status is 0 when nothing is.",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private Listing listing = new Listing();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            return listing.print(spec.commandLine().getOut());
        }
    }

    /** What all acts need to know. */
    abstract static class ActCommand implements Callable<Integer> {

        @Mixin
        private PlatformOptions platform = new PlatformOptions();

        @Parameters(index = "0", paramLabel = "SERVICE", description = "The service, as the list shows it.")
        private String service = "";

        @Parameters(index = "1", paramLabel = "KIND", description = "saga or event.")
        private String kind = "";

        @Parameters(index = "2", paramLabel = "ID", description = "The id, as the list shows it.")
        private UUID id = new UUID(0, 0);

        @Option(names = "--reason", required = true, description = "Why: kept with what was done.")
        private String reason = "";

        @Option(names = "--version", description = "Act only if nothing has happened since it had this version.")
        private @Nullable Long version;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        private final String resource;

        ActCommand(String resource) {
            this.resource = resource;
        }

        @Override
        public Integer call() {
            ObjectNode decision = ApiClient.object().put("reason", reason);
            if (version != null) {
                decision.put("version", version);
            }
            JsonNode action = platform.operator()
                    .post(
                            "/api/v1/admin/stuck-work/" + segment(service) + "/" + segment(kind) + "/" + id + "/"
                                    + resource,
                            decision);
            PrintWriter out = spec.commandLine().getOut();
            out.printf("before: %s%n", action.path("before"));
            out.printf("after:  %s%n", action.path("after"));
            out.flush();
            return CommandLine.ExitCode.OK;
        }

        /** In a path a space is not a plus, as it is in a form. */
        static String segment(String text) {
            return UriUtils.encode(text, StandardCharsets.UTF_8);
        }
    }

    /** Tries again. */
    @Command(name = "retry", description = "Have it tried again at once.", mixinStandardHelpOptions = true)
    static final class RetryCommand extends ActCommand {
        RetryCommand() {
            super("retries");
        }
    }

    /** Undoes. */
    @Command(
            name = "compensate",
            description = "Have a saga undone: its current step, of which nobody knows, and all before it.",
            mixinStandardHelpOptions = true)
    static final class CompensateCommand extends ActCommand {
        CompensateCommand() {
            super("compensations");
        }
    }

    /** Passes over. */
    @Command(
            name = "skip",
            description = "Treat the current step of a saga as done, or drop a dead event.",
            mixinStandardHelpOptions = true)
    static final class SkipCommand extends ActCommand {
        SkipCommand() {
            super("skips");
        }
    }
}
