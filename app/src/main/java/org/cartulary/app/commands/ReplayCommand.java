package org.cartulary.app.commands;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.cartulary.app.retail.OnlineRetail;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Places the orders of a data set and compares the platform with the file. */
@Command(
        name = "replay",
        description =
                "Place every order of a data set over the public API and compare the platform with the file. Started"
                        + " again, it continues without placing any order twice.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    private static final int MAX_CLIENTS = 256;

    @Parameters(index = "0", paramLabel = "DATASET", description = "The data set: online-retail.")
    private DatasetName dataset = DatasetName.ONLINE_RETAIL;

    @Parameters(index = "1", paramLabel = "FILE", description = "Its file, plain or compressed with gzip.")
    private Path file = Path.of("");

    @Option(names = "--until", paramLabel = "DATE", description = "The first day left out, for example 2010-12-08.")
    private @Nullable LocalDate until;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Orders placed at the same time, 1 to " + MAX_CLIENTS + " (default: ${DEFAULT-VALUE}).")
    private int clients = 8;

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        if (clients < 1 || clients > MAX_CLIENTS) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--clients is 1 to " + MAX_CLIENTS + ", not " + clients);
        }
        boolean equal = switch (dataset) {
            case ONLINE_RETAIL ->
                new OnlineRetail(platform.operator(), spec.commandLine().getOut()).replayFile(file, until, clients);
        };
        return equal ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
