package org.cartulary.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.cartulary.platform.http.ProblemException;

/** Takes files of products, and keeps them a part at a time until somebody works on them. Thread-safe. */
final class ReceivingImports {

    /** The longest file. */
    static final int MAX_BYTES = 200 * 1024 * 1024;

    private static final int PART_BYTES = 1024 * 1024;

    private final ImportStore imports;
    private final Runnable wakeUp;

    /** @param wakeUp has imports worked on that wait */
    ReceivingImports(ImportStore imports, Runnable wakeUp) {
        this.imports = imports;
        this.wakeUp = wakeUp;
    }

    /**
     * Keeps a file and has it imported.
     *
     * @throws IOException if it does not come to its end: then nothing of it is imported
     * @throws ProblemException 409 {@code too-many-imports} if the shop has too many that have not ended; 409 {@code
     *     import-cancelled} if somebody cancels it meanwhile
     */
    ImportView receive(FileFormat format, boolean dryRun, InputStream file) throws IOException {
        UUID id = imports.begin(format, dryRun).orElseThrow(ReceivingImports::tooMany);
        boolean complete = false;
        try {
            keep(id, file);
            imports.received(id);
            complete = true;
        } finally {
            if (!complete) {
                imports.interrupted(id);
            }
        }
        wakeUp.run();
        return existing(id);
    }

    private void keep(UUID id, InputStream file) throws IOException {
        int number = 0;
        byte[] part = file.readNBytes(PART_BYTES);
        while (part.length > 0) {
            if (!imports.addPart(id, number, part)) {
                throw ProblemException.conflict("import-cancelled", "the import was cancelled while its file came");
            }
            number++;
            part = file.readNBytes(PART_BYTES);
        }
    }

    ImportView existing(UUID id) {
        return imports.find(id).orElseThrow(ReceivingImports::notFound);
    }

    /**
     * Ends an import; what was written of it stays.
     *
     * @throws ProblemException 404 {@code product-import-not-found}; 409 {@code product-import-ended} if it has come to its end
     */
    ImportView cancel(UUID id) {
        ImportView now = imports.cancel(id).orElseThrow(ReceivingImports::notFound);
        if (!now.state().equals("cancelled")) {
            throw ProblemException.conflict("product-import-ended", "the import is " + now.state() + " already");
        }
        return now;
    }

    private static ProblemException tooMany() {
        return ProblemException.conflict(
                "too-many-imports", ImportStore.MAX_AT_ONCE + " imports have not ended: wait for one, or cancel it");
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("product-import-not-found", "there is no such import");
    }
}
