package org.cartulary.app.commands;

import java.io.IOException;
import java.io.PrintWriter;
import org.cartulary.app.FailureReason;
import org.cartulary.app.InstallationException;
import org.cartulary.app.client.ApiException;
import org.cartulary.postgres.EmbeddedPostgresException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** All commands, and what becomes of their failures: a sentence that says what to do, never a stack trace. */
public final class CommandLineInterface {

    private CommandLineInterface() {}

    @Command(
            name = "cartulary",
            description = "A headless commerce platform whose records are always right.",
            subcommands = {
                UpCommand.class,
                PostgresCommand.class,
                ImportCommand.class,
                ReplayCommand.class,
                VerifyCommand.class,
                StuckWorkCommand.class,
                TenantCommand.class,
                ProductsCommand.class,
                AuditLogCommand.class,
                SecretCommand.class,
                TestCommand.class,
                RehearseCommand.class,
                HelpCommand.class
            },
            synopsisSubcommandLabel = "COMMAND",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    private static final class Root implements Runnable {

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    private static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CommandLineInterface.class.getPackage().getImplementationVersion();
            return new String[] {"cartulary " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Runs the command and returns the exit status: 0 for success, 1 for a failure, 2 for a wrong word. */
    public static int run(String... arguments) {
        // Until a process of the platform sets its log up, only warnings are worth a line on the console.
        LoggingSystem.get(CommandLineInterface.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        return ArgumentWords.understoodBy(new CommandLine(new Root()))
                .setExecutionExceptionHandler(CommandLineInterface::explain)
                .setUsageHelpAutoWidth(true)
                .execute(arguments);
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        Throwable known = known(failure);
        if (known != null) {
            err.println("cartulary: " + known.getMessage());
        } else {
            err.println("cartulary: " + rootCause(failure) + " (this should not have happened; the log says more)");
            org.slf4j.LoggerFactory.getLogger(CommandLineInterface.class).error("the command failed", failure);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The failure, or the one that the container wrapped, if its message says what to do. */
    private static @Nullable Throwable known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InstallationException
                    || cause instanceof EmbeddedPostgresException
                    || cause instanceof ApiException) {
                return cause;
            }
        }
        return null;
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof IOException file) {
            return FailureReason.of(file);
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
