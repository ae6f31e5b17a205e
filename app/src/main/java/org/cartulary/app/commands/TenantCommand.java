package org.cartulary.app.commands;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.client.ApiException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates, lists, configures, suspends and reopens the shops of the platform. */
@Command(
        name = "tenant",
        description = "Create, list, configure, suspend and reopen the shops of the platform.",
        subcommands = {
            TenantCommand.CreateCommand.class,
            TenantCommand.ListCommand.class,
            TenantCommand.ConfigureCommand.class,
            TenantCommand.SuspendCommand.class,
            TenantCommand.ActivateCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class TenantCommand implements Runnable {

    private static final String TENANTS = "/api/v1/admin/tenants";
    private static final String ROW = "%-36s %-24s %-10s %-8s %s%n";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static void head(PrintWriter out) {
        out.printf(ROW, "id", "name", "state", "currency", "hosts");
    }

    private static void row(PrintWriter out, JsonNode tenant) {
        List<String> hosts =
                tenant.path("hosts").valueStream().map(JsonNode::asString).toList();
        out.printf(
                ROW,
                tenant.path("id").asString(),
                tenant.path("name").asString(),
                tenant.path("active").asBoolean() ? "active" : "suspended",
                tenant.path("settings").path("currency").asString(),
                String.join(" ", hosts));
        out.flush();
    }

    /** The tenant of a technical name. */
    private static JsonNode named(ApiClient operator, String name) {
        JsonNode found = operator.get(TENANTS + "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .path("items")
                .path(0);
        if (found.isMissingNode()) {
            throw new ApiException(404, "tenant-not-found", "there is no tenant of the name " + name);
        }
        return found;
    }

    private static @Nullable ObjectNode settings(
            @Nullable String currency, @Nullable String language, @Nullable Boolean pricesIncludeTax) {
        if (currency == null && language == null && pricesIncludeTax == null) {
            return null;
        }
        ObjectNode settings = ApiClient.object();
        if (currency != null) {
            settings.put("currency", currency);
        }
        if (language != null) {
            settings.put("language", language);
        }
        if (pricesIncludeTax != null) {
            settings.put("pricesIncludeTax", pricesIncludeTax);
        }
        return settings;
    }

    /** A new one. */
    @Command(name = "create", description = "Create a shop.", mixinStandardHelpOptions = true)
    static final class CreateCommand implements Callable<Integer> {

        @Mixin
        private PlatformOptions platform = new PlatformOptions();

        @Parameters(index = "0", paramLabel = "NAME", description = "Its technical name, which never changes.")
        private String name = "";

        @Option(names = "--display-name", description = "Its name as people read it (default: the technical one).")
        private @Nullable String displayName;

        @Option(names = "--host", description = "A host name under which it is reached; repeat it for several.")
        private List<String> hosts = new ArrayList<>();

        @Option(names = "--currency", description = "The currency in which it sells (default: EUR).")
        private @Nullable String currency;

        @Option(names = "--language", description = "The language in which it writes to its customers (default: en).")
        private @Nullable String language;

        @Option(
                names = "--prices-include-tax",
                arity = "1",
                description = "Whether prices contain the tax: true or false.")
        private @Nullable Boolean pricesIncludeTax;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            ObjectNode tenant =
                    ApiClient.object().put("name", name).put("displayName", displayName == null ? name : displayName);
            hosts.forEach(tenant.putArray("hosts")::add);
            ObjectNode settings = settings(currency, language, pricesIncludeTax);
            if (settings != null) {
                tenant.set("settings", settings);
            }
            JsonNode created = platform.operator().post(TENANTS, tenant);
            PrintWriter out = spec.commandLine().getOut();
            head(out);
            row(out, created);
            return CommandLine.ExitCode.OK;
        }
    }

    /** All of them. */
    @Command(name = "list", description = "List the shops.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private PlatformOptions platform = new PlatformOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            ApiClient operator = platform.operator();
            PrintWriter out = spec.commandLine().getOut();
            head(out);
            JsonNode page;
            String cursor = "";
            do {
                page = operator.get(TENANTS + "?limit=100" + cursor);
                page.path("items").forEach(tenant -> row(out, tenant));
                cursor = "&cursor="
                        + URLEncoder.encode(page.path("page").path("next").asString(""), StandardCharsets.UTF_8);
            } while (page.path("page").path("hasMore").asBoolean(false));
            return CommandLine.ExitCode.OK;
        }
    }

    /** Changes what is named and leaves the rest. */
    @Command(
            name = "configure",
            description = "Change what is named of a shop; the rest stays.",
            mixinStandardHelpOptions = true)
    static final class ConfigureCommand implements Callable<Integer> {

        @Mixin
        private PlatformOptions platform = new PlatformOptions();

        @Parameters(index = "0", paramLabel = "NAME", description = "Its technical name.")
        private String name = "";

        @Option(names = "--display-name", description = "Its name as people read it.")
        private @Nullable String displayName;

        @Option(names = "--host", description = "A host name; together they replace all that it has.")
        private List<String> hosts = new ArrayList<>();

        @Option(names = "--currency", description = "The currency in which it sells.")
        private @Nullable String currency;

        @Option(names = "--language", description = "The language in which it writes to its customers.")
        private @Nullable String language;

        @Option(
                names = "--prices-include-tax",
                arity = "1",
                description = "Whether prices contain the tax: true or false.")
        private @Nullable Boolean pricesIncludeTax;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            ApiClient operator = platform.operator();
            JsonNode tenant = named(operator, name);
            String path = TENANTS + "/" + tenant.path("id").asString();
            if (displayName != null || !hosts.isEmpty()) {
                ObjectNode change = ApiClient.object()
                        .put(
                                "displayName",
                                displayName == null ? tenant.path("displayName").asString() : displayName);
                List<String> wanted = hosts.isEmpty()
                        ? tenant.path("hosts")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList()
                        : hosts;
                wanted.forEach(change.putArray("hosts")::add);
                tenant = put(operator, path, change, tenant);
            }
            ObjectNode settings = settings(currency, language, pricesIncludeTax);
            if (settings != null) {
                tenant = put(operator, path + "/settings", settings, tenant);
            }
            PrintWriter out = spec.commandLine().getOut();
            head(out);
            row(out, tenant);
            return CommandLine.ExitCode.OK;
        }

        private static JsonNode put(ApiClient operator, String path, ObjectNode change, JsonNode read) {
            String version = "\"" + read.path("version").asLong() + "\"";
            return operator.send("PUT", path, change, Map.of("If-Match", version))
                    .body();
        }
    }

    /** What both changes of the state need to know. */
    abstract static class StateCommand implements Callable<Integer> {

        @Mixin
        private PlatformOptions platform = new PlatformOptions();

        @Parameters(index = "0", paramLabel = "NAME", description = "Its technical name.")
        private String name = "";

        @Option(names = "--reason", required = true, description = "Why: kept with what was done.")
        private String reason = "";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        private final String resource;

        StateCommand(String resource) {
            this.resource = resource;
        }

        @Override
        public Integer call() {
            ApiClient operator = platform.operator();
            String id = named(operator, name).path("id").asString();
            JsonNode tenant = operator.post(
                    TENANTS + "/" + id + "/" + resource, ApiClient.object().put("reason", reason));
            PrintWriter out = spec.commandLine().getOut();
            head(out);
            row(out, tenant);
            return CommandLine.ExitCode.OK;
        }
    }

    /** Closes. */
    @Command(
            name = "suspend",
            description = "Serve nobody in the name of a shop; what was begun goes to its end.",
            mixinStandardHelpOptions = true)
    static final class SuspendCommand extends StateCommand {
        SuspendCommand() {
            super("suspensions");
        }
    }

    /** Opens again. */
    @Command(name = "activate", description = "Open a shop that is suspended.", mixinStandardHelpOptions = true)
    static final class ActivateCommand extends StateCommand {
        ActivateCommand() {
            super("activations");
        }
    }
}
