package org.cartulary.app.commands;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.cartulary.app.products.ProductFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the products of a shop out into a file, and brings such a file in. */
@Command(
        name = "products",
        description = {
            "Write all products of a shop into a file, or import such a file. The file's name ends in .csv or .jsonl,",
            "which says how it is written; its columns are described in services/catalog/README.md."
        },
        subcommands = {ProductsCommand.ExportCommand.class, ProductsCommand.ImportCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class ProductsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Whose products, and where. */
    static final class Shop {

        @Mixin
        private PlatformOptions platform = new PlatformOptions();

        @Option(
                names = "--tenant",
                paramLabel = "NAME",
                description = "The shop's technical name (default: ${DEFAULT-VALUE}).")
        private String tenant = "default";

        ProductFiles files(CommandSpec spec) {
            return new ProductFiles(
                    platform.operator(), tenant, spec.commandLine().getOut());
        }
    }

    /** Out. */
    @Command(
            name = "export",
            description = "Write all products of a shop into a file, in place of what was in it.",
            mixinStandardHelpOptions = true)
    static final class ExportCommand implements Callable<Integer> {

        @Mixin
        private Shop shop = new Shop();

        @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
        private Path file = Path.of("");

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            ProductFiles.requireFormat(file);
            shop.files(spec).exportTo(file);
            return CommandLine.ExitCode.OK;
        }
    }

    /** In. */
    @Command(
            name = "import",
            description = {
                "Import a file of products into a shop, and wait for the end. Products are told by their sku: a file may be",
                "imported again. The exit status is 0 when no line was refused. The platform works on a file that it has got",
                "whether anybody waits or not."
            },
            mixinStandardHelpOptions = true)
    static final class ImportCommand implements Callable<Integer> {

        @Mixin
        private Shop shop = new Shop();

        @ArgGroup(multiplicity = "1")
        private Source source = new Source();

        @Option(names = "--dry-run", description = "Only try it: say what would be refused, and write nothing.")
        private boolean dryRun;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            boolean whole = source.importId == null
                    ? importFile(source.file == null ? Path.of("") : source.file)
                    : shop.files(spec).await(source.importId);
            return whole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }

        private boolean importFile(Path file) {
            ProductFiles.requireFormat(file);
            return shop.files(spec).importFrom(file, dryRun);
        }
    }

    /** A file, or an import that has been begun. */
    static final class Source {

        @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
        private @Nullable Path file;

        @Option(
                names = "--resume",
                paramLabel = "ID",
                description = "Send nothing, and wait for this import, which was begun before.")
        private @Nullable UUID importId;
    }
}
