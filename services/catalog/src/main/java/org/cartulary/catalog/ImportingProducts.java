package org.cartulary.catalog;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.PassingFaults;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on imports, one at a time on each node, as a job. The lines of a batch and where the import stands are one transaction, so
 * that it goes on there whatever happens, and each line takes effect once. Thread-safe.
 */
final class ImportingProducts implements Runnable {

    /** After so many refused lines a file is taken for the wrong one. */
    static final int MAX_FAILED = 10_000;

    /** Plans that were made for an empty shop would have the first batch find each row by looking at all. */
    private static final int FIRST_LINES = 50;

    private static final int BATCH_CHARACTERS = 4 * 1024 * 1024;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration KEPT = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(ImportingProducts.class);

    private final Database database;
    private final ImportWorkStore imports;
    private final CheckingLines checking;
    private final TenantApi tenants;
    private final Pace pace;

    ImportingProducts(Database database, CheckingLines checking, TenantApi tenants, Pace pace) {
        this.database = database;
        this.imports = new ImportWorkStore(database, pace.lease());
        this.checking = checking;
        this.tenants = tenants;
        this.pace = pace;
    }

    /**
     * In which steps a worker goes.
     *
     * @param lease after so long without a word from it an import is somebody else's
     * @param lines how many lines a transaction has at most
     * @param turn how long one import is worked on, a batch at least, before the next one has its turn
     */
    record Pace(Duration lease, int lines, Duration turn) {

        /** As a shop's imports are worked on. */
        static final Pace USUAL = new Pace(Duration.ofMinutes(2), 500, Duration.ofMinutes(1));
    }

    /** The lines of one transaction. */
    private record Batch(List<CheckedLine> right, List<LineError> errors, long failed, boolean last) {

        long lines() {
            return right.size() + failed;
        }
    }

    /** Somebody else works on the import, or it was cancelled. */
    private static final class LostImport extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;
    }

    /** Works until nothing waits. */
    @Override
    public void run() {
        imports.tidy(LONGEST_PAUSE, KEPT);
        Optional<ImportWorkStore.Claimed> claimed = imports.claim();
        while (claimed.isPresent() && !Thread.currentThread().isInterrupted()) {
            ImportWorkStore.Claimed held = claimed.get();
            RequestContext.ofSystem(held.tenantId()).run(() -> work(held));
            claimed = imports.claim();
        }
    }

    private void work(ImportWorkStore.Claimed held) {
        try {
            proceed(held);
        } catch (LostImport _) {
            LOG.info("the import {} has been cancelled, or another worker has it", held.id());
        } catch (RuntimeException | IOException e) {
            LOG.warn("the import {} cannot go on now", held.id(), e);
            imports.postpone(held, PassingFaults.isPassing(e));
        } catch (VirtualMachineError | LinkageError e) {
            // Without memory or classes nothing else may go on here; the import is not taken again at once.
            imports.postpone(held, false);
            throw e;
        }
    }

    private void proceed(ImportWorkStore.Claimed held) throws IOException {
        long until = System.nanoTime() + pace.turn().toNanos();
        String currency = currencyOf(held.tenantId());
        var file = new StoredFile(number -> imports.part(held, number));
        Lines lines = new Lines(LineSource.of(held.format(), file, checking.json(), currency), currency);
        lines.skip(held.lines());
        long done = held.lines();
        long failed = held.failed();
        long counted = Math.max(FIRST_LINES / 2, done);
        do {
            Batch batch = lines.nextBatch(done == 0 ? Math.min(FIRST_LINES, pace.lines()) : pace.lines());
            long from = done;
            ImportTally tally = batch.lines() == 0 ? null : database.inTransaction(tx -> write(tx, held, from, batch));
            if (tally != null) {
                done += tally.lines();
                failed += tally.failed();
            }
            if (done >= 2 * counted) {
                imports.refreshStatistics();
                counted = done;
            }
            String failure = lines.failure != null && batch.last()
                    ? lines.failure
                    : failed >= MAX_FAILED ? "too-many-errors" : null;
            if (batch.last() || failure != null) {
                imports.finish(held, done, failure);
                return;
            }
        } while (System.nanoTime() < until);
        imports.release(held);
    }

    private String currencyOf(UUID tenantId) {
        Tenant tenant = tenants.find(new FindTenant(tenantId));
        if (tenant == null) {
            throw new IllegalStateException("there is no shop " + tenantId);
        }
        return tenant.settings().currency();
    }

    private ImportTally write(Transaction tx, ImportWorkStore.Claimed held, long from, Batch batch) {
        if (!ImportWorkStore.keep(tx, held)) {
            throw new LostImport();
        }
        List<WritingLines.Outcome> outcomes =
                held.dryRun() ? WritingLines.attempt(tx, batch.right()) : WritingLines.write(tx, batch.right());
        ImportTally tally = tally(outcomes, batch);
        if (!ImportWorkStore.advance(tx, held, from, tally, pace.lease())) {
            throw new LostImport();
        }
        if (!held.dryRun() && !tally.products().isEmpty()) {
            AuditLog.record(
                    tx,
                    AuditedAct.of("products.changed", "tenant", held.tenantId())
                            .with("import", held.id())
                            .with(
                                    "products",
                                    tally.products().stream()
                                            .map(UUID::toString)
                                            .toList()));
        }
        return tally;
    }

    private static ImportTally tally(List<WritingLines.Outcome> outcomes, Batch batch) {
        long created = 0;
        long changed = 0;
        long unchanged = 0;
        long failed = batch.failed();
        List<UUID> products = new ArrayList<>();
        List<LineError> errors = new ArrayList<>(batch.errors());
        for (WritingLines.Outcome outcome : outcomes) {
            switch (outcome) {
                case WritingLines.Outcome.Refused(LineError error) -> {
                    failed++;
                    errors.add(error);
                }
                case WritingLines.Outcome.Done(UUID productId, String what) -> {
                    switch (what) {
                        case "created" -> created++;
                        case "updated" -> changed++;
                        case "unchanged" -> unchanged++;
                        default -> throw new IllegalStateException("import_products answered " + what);
                    }
                    if (what.equals("updated")) {
                        products.add(productId);
                    }
                }
            }
        }
        return new ImportTally(created, changed, unchanged, failed, products, errors);
    }

    /** The lines of a file in batches, in which each sku comes once, so that what a file says twice is done in its order. */
    private final class Lines {

        private final LineSource source;
        private final String currency;
        private @Nullable CheckedLine kept;
        private @Nullable String failure;

        Lines(LineSource source, String currency) {
            this.source = source;
            this.currency = currency;
        }

        void skip(long lines) throws IOException {
            for (long skipped = 0; skipped < lines; skipped++) {
                ReadLine line = source.next();
                if (line == null) {
                    throw new IllegalStateException("the file has fewer lines than were read of it");
                }
                note(line);
            }
        }

        private void note(ReadLine line) {
            if (line instanceof ReadLine.Unreadable unreadable && unreadable.last()) {
                failure = unreadable.error().code();
            }
        }

        Batch nextBatch(int most) throws IOException {
            List<CheckedLine> right = new ArrayList<>();
            List<LineError> errors = new ArrayList<>();
            Set<String> skus = new HashSet<>();
            long failed = 0;
            long characters = 0;
            while (right.size() + failed < most && characters < BATCH_CHARACTERS) {
                CheckedLine line = kept;
                kept = null;
                if (line == null) {
                    ReadLine read = source.next();
                    if (read == null) {
                        return new Batch(right, errors, failed, true);
                    }
                    note(read);
                    switch (read) {
                        case ReadLine.Unreadable unreadable -> errors.add(unreadable.error());
                        case ReadLine.Written written -> {
                            switch (checking.check(written, currency)) {
                                case CheckingLines.Checked.Wrong(List<LineError> wrong) -> errors.addAll(wrong);
                                case CheckingLines.Checked.Right(CheckedLine checked) -> line = checked;
                            }
                        }
                    }
                }
                if (line == null) {
                    failed++;
                } else if (skus.add(line.sku())) {
                    right.add(line);
                    characters += line.content().length();
                } else {
                    kept = line;
                    break;
                }
            }
            return new Batch(right, errors, failed, false);
        }
    }
}
