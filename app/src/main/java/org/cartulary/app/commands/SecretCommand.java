package org.cartulary.app.commands;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cartulary.app.InstallationException;
import org.cartulary.app.SecretFiles;
import org.cartulary.platform.secrets.InstallationSecrets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows what hangs on the secret of the installation, and changes it. */
@Command(
        name = "secret",
        description = "Show what hangs on the installation's secret, and change it.",
        subcommands = {
            SecretCommand.StatusCommand.class,
            SecretCommand.RotateCommand.class,
            SecretCommand.ForgetCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class SecretCommand implements Runnable {

    private static final String ROW = "%-18s %-12s %-10s %-16s %8s%n";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static JsonNode status(PlatformOptions platform) {
        return platform.operator().get("/api/v1/admin/installation-secret");
    }

    private static void print(PrintWriter out, JsonNode status) {
        out.printf(ROW, "secret", "", "service", "kind", "count");
        for (JsonNode secret : status.path("secrets")) {
            String id = secret.path("id").asString();
            String standing = secret.path("standing").asString().toLowerCase(Locale.ROOT);
            if (secret.path("uses").isEmpty()) {
                out.printf(ROW, id, standing, "", "nothing", "");
            }
            for (JsonNode use : secret.path("uses")) {
                out.printf(
                        ROW,
                        id,
                        standing,
                        use.path("service").asString(),
                        use.path("kind").asString(),
                        use.path("count").asLong());
            }
        }
        for (JsonNode service : status.path("unavailable")) {
            out.printf(
                    "%-18s %s%n",
                    service.path("service").asString(), service.path("detail").asString());
        }
        out.flush();
    }

    private static boolean canOthersGo(JsonNode status) {
        return status.path("othersCanGo").asBoolean(false);
    }

    private static String used(JsonNode status) {
        return status.path("secrets").path(0).path("id").asString();
    }

    /** What hangs on which. */
    @Command(
            name = "status",
            description = {
                "Show what hangs on which secret, in all services.",
                "The exit status is 0 when everything hangs on the one that is used, so that others can be forgotten, and 1 else."
            },
            mixinStandardHelpOptions = true)
    static final class StatusCommand implements Callable<Integer> {

        @Mixin
        private PlatformOptions platform = new PlatformOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            JsonNode status = status(platform);
            PrintWriter out = spec.commandLine().getOut();
            print(out, status);
            out.println(
                    canOthersGo(status)
                            ? "Everything hangs on the secret " + used(status)
                                    + ", which is used: no other one is needed."
                            : "Not everything hangs on the secret that all services use: none may be forgotten yet.");
            out.flush();
            return canOthersGo(status) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** A new one. */
    @Command(
            name = "rotate",
            description = {
                "Make a new secret for the platform of a data directory; the present one is understood further on.",
                "It is used from the next start on. Processes that share a --secret-file: see docs/runbooks/secret.md."
            },
            mixinStandardHelpOptions = true)
    static final class RotateCommand implements Callable<Integer> {

        @Option(names = "--data-dir", description = "The data directory (default: ${DEFAULT-VALUE}).")
        private Path dataDirectory = Path.of("data");

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            InstallationSecrets secrets = new SecretFiles(dataDirectory).rotate();
            List<String> others = secrets.otherIds();
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    "The next start uses the new secret %s and understands %s.%n"
                            + "Restart the platform. Everything is encrypted anew within minutes; when ./cartulary secret status says"
                            + " that no other secret is needed, say ./cartulary secret forget.%n",
                    secrets.firstId(), String.join(", ", others));
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    /** The others go. */
    @Command(
            name = "forget",
            description =
                    "Forget all secrets of a data directory but the one that is used, when nothing hangs on them any more.",
            mixinStandardHelpOptions = true)
    static final class ForgetCommand implements Callable<Integer> {

        @Mixin
        private PlatformOptions platform = new PlatformOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            JsonNode status = status(platform);
            PrintWriter out = spec.commandLine().getOut();
            if (!canOthersGo(status)) {
                print(out, status);
                throw new InstallationException(
                        "something hangs on another secret than the one that is used: nothing is forgotten; wait, and look at"
                                + " ./cartulary secret status");
            }
            InstallationSecrets left = new SecretFiles(platform.dataDirectory()).forgetOthers(used(status));
            out.printf(
                    "From the next start on the platform knows the secret %s only. Restart it.%n"
                            + "Backups from before the change need the old secret: whoever keeps them keeps it apart for as long.%n",
                    left.firstId());
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }
}
