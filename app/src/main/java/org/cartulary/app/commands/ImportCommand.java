package org.cartulary.app.commands;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cartulary.app.retail.OnlineRetail;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Imports a data set into the running platform. */
@Command(
        name = "import",
        description = "Import a data set as a shop. It may be repeated: a second run changes nothing.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DATASET", description = "The data set: online-retail.")
    private DatasetName dataset = DatasetName.ONLINE_RETAIL;

    @Parameters(index = "1", paramLabel = "FILE", description = "Its file, plain or compressed with gzip.")
    private Path file = Path.of("");

    @Mixin
    private PlatformOptions platform = new PlatformOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        boolean complete = switch (dataset) {
            case ONLINE_RETAIL ->
                new OnlineRetail(platform.operator(), spec.commandLine().getOut()).importFile(file);
        };
        return complete ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
