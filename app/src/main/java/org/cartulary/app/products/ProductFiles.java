package org.cartulary.app.products;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;
import org.cartulary.app.FailureReason;
import org.cartulary.app.InstallationException;
import org.cartulary.app.client.ApiClient;
import tools.jackson.databind.JsonNode;

/** What the command line does with files of products. */
public final class ProductFiles {

    private static final String IMPORTS = "/api/v1/admin/product-imports";

    private final ApiClient shop;
    private final PrintWriter out;

    /**
     * Works for one shop and says on {@code out} what it did.
     *
     * @param tenant the shop's technical name
     */
    public ProductFiles(ApiClient operator, String tenant, PrintWriter out) {
        this.shop = ShopKeys.open(operator, tenant);
        this.out = out;
    }

    /**
     * The format is one that files of products have.
     *
     * @throws InstallationException if the name of the file ends in none
     */
    public static void requireFormat(Path file) {
        ProductFileFormat.of(file);
    }

    /**
     * Writes all products into the file. What was in it before is replaced once all of them have come, and stays as it was
     * otherwise.
     */
    public void exportTo(Path file) {
        ProductFileFormat format = ProductFileFormat.of(file);
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InstallationException("there is no folder " + folder + " to write to");
        }
        try {
            Path draft = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                Files.createFile(draft);
                shop.download("/api/v1/admin/product-export?format=" + format.word(), draft);
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            out.printf(Locale.ROOT, "%s: %,d bytes%n", file, Files.size(target));
            out.flush();
        } catch (IOException e) {
            throw new InstallationException("the file " + file + " cannot be written: " + FailureReason.of(e));
        }
    }

    /**
     * Sends the file and waits for the end of its import; false where a line of it was refused, or not all of it was read.
     *
     * @param dryRun whether it is only tried
     */
    public boolean importFrom(Path file, boolean dryRun) {
        ProductFileFormat format = ProductFileFormat.of(file);
        try {
            out.printf(Locale.ROOT, "Sending %s: %,d bytes%n", file, Files.size(file));
            out.flush();
            JsonNode started = shop.upload(IMPORTS + "?dryRun=" + dryRun, format.mediaType(), file);
            return await(UUID.fromString(started.path("id").asString()));
        } catch (IOException e) {
            throw new InstallationException("the file " + file + " cannot be read: " + FailureReason.of(e));
        }
    }

    /** Waits for the end of an import that was begun before; false as {@link #importFrom}. */
    public boolean await(UUID importId) {
        String path = IMPORTS + "/" + importId;
        return new ImportReport(out).print(new WaitingForImport(shop, out).until(path, importId), shop, path);
    }
}
