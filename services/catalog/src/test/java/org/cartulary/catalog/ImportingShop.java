package org.cartulary.catalog;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.Precondition;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import tools.jackson.databind.json.JsonMapper;

/** A shop that imports and exports its products; it sells in pounds. */
final class ImportingShop {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

    private final TestDatabase catalog;
    private final UUID tenant = Contexts.newTenant();
    private final ImportStore imports;
    private final ReceivingImports receiving;
    private final ExportingProducts exporting;

    ImportingShop(TestDatabase catalog) {
        this.catalog = catalog;
        this.imports = new ImportStore(catalog.database());
        this.receiving = new ReceivingImports(imports, () -> {});
        this.exporting =
                new ExportingProducts(new ExportStore(catalog.database()), CheckingLines.exactly(ApiJson.tolerant()));
    }

    UUID tenant() {
        return tenant;
    }

    ImportStore imports() {
        return imports;
    }

    ReceivingImports receiving() {
        return receiving;
    }

    <T> T in(Supplier<T> work) {
        return Contexts.system(tenant).supply(work);
    }

    static CheckingLines checking() {
        return new CheckingLines(ApiJson.strict(), VALIDATOR);
    }

    /** What works on the imports of all shops. */
    static ImportingProducts worker(TestDatabase catalog, ImportingProducts.Pace pace) {
        return new ImportingProducts(catalog.database(), checking(), new FixedTenants("GBP"), pace);
    }

    /** Has no import of a database wait or run any longer, so that tests that share it do not work on those of others. */
    static void endAll(TestDatabase catalog) {
        catalog.admin().sql("""
                        UPDATE product_imports SET state = 'cancelled', finished_at = clock_timestamp(), lease_until = NULL
                        WHERE state IN ('receiving', 'waiting', 'running')
                        """).update();
        catalog.admin().sql("DELETE FROM product_import_parts").update();
    }

    /** Has the imports of a database that wait for their time wait no longer. */
    static void makeDue(TestDatabase catalog) {
        catalog.admin()
                .sql("UPDATE product_imports SET next_attempt_at = clock_timestamp() WHERE finished_at IS NULL")
                .update();
    }

    /**
     * Works until the import has ended, and says how that was.
     *
     * @throws AssertionError if it does not end within two minutes
     */
    ImportView finished(UUID id, ImportingProducts worker) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        ImportView view = view(id);
        while (view.finishedAt() == null) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the import has not ended: " + view);
            }
            worker.run();
            view = view(id);
        }
        return view;
    }

    UUID send(FileFormat format, boolean dryRun, byte[] file) {
        return in(() -> {
            try {
                return receiving
                        .receive(format, dryRun, new ByteArrayInputStream(file))
                        .id();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Imports a file and says how that ended. */
    ImportView imported(FileFormat format, byte[] file) {
        UUID id = send(format, false, file);
        worker(catalog, ImportingProducts.Pace.USUAL).run();
        return view(id);
    }

    ImportView imported(FileFormat format, String file) {
        return imported(format, file.getBytes(StandardCharsets.UTF_8));
    }

    ImportView view(UUID id) {
        return in(() -> imports.find(id)).orElseThrow();
    }

    List<LineError> errors(UUID id) {
        return in(() -> imports.errors(id, new ImportStore.Place(0, 0), 100_000)).stream()
                .map(ImportStore.Placed::error)
                .toList();
    }

    String exported(FileFormat format) {
        return in(() -> {
            var out = new ByteArrayOutputStream();
            try {
                exporting.export(format, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toString(StandardCharsets.UTF_8);
        });
    }

    /** The products in the order of their ids, at most a thousand. */
    List<ProductView> products() {
        return in(() -> new ProductStore(catalog.database(), JsonMapper.shared())
                .list(AdminProductFilter.EVERYTHING, null, 1_000));
    }

    ProductView product(String sku) {
        return Objects.requireNonNull(in(() -> new ProductStore(catalog.database(), JsonMapper.shared())
                        .list(AdminProductFilter.of(null, sku, null, null), null, 1))
                .getFirst());
    }

    void category(String slug) {
        in(() -> {
            new CategoryStore(catalog.database()).put(slug, Drafts.category(slug, null), Precondition.NONE);
            return slug;
        });
    }

    String problem(Supplier<?> work) {
        try {
            in(work::get);
        } catch (ProblemException problem) {
            return problem.code();
        }
        return "none";
    }
}
