package org.cartulary.app.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.cartulary.app.demo.pictures.Look;
import org.cartulary.app.demo.pictures.Pattern;
import org.cartulary.app.demo.pictures.Tint;

/**
 * What the demo shop sells, as it lies among the resources; its NOTICE says where it comes from.
 *
 * @param categories those above before those below
 * @param products the best-selling first
 * @param variants of all products, those of one together
 * @param reviews what may be said of any product
 */
public record DemoCatalogue(
        List<DemoCategory> categories,
        List<DemoProduct> products,
        List<DemoVariant> variants,
        List<DemoReview> reviews) {

    private static final String FOLDER = "/demo-shop/";

    /** Reads it. */
    public static DemoCatalogue load() {
        return new DemoCatalogue(
                rows("categories.csv", DemoCatalogue::category),
                rows("products.csv", DemoCatalogue::product),
                rows("variants.csv", DemoCatalogue::variant),
                rows("reviews.csv", DemoCatalogue::review));
    }

    /** The same catalogue with its first products only. */
    public DemoCatalogue first(int number) {
        return new DemoCatalogue(categories, products.subList(0, Math.min(number, products.size())), variants, reviews);
    }

    /** The variants of a product, none where it is sold as it is. */
    List<DemoVariant> variantsOf(DemoProduct product) {
        return variants.stream()
                .filter(variant -> variant.product().equals(product.sku()))
                .toList();
    }

    private static DemoCategory category(NamedCsvRecord row) {
        return new DemoCategory(
                row.getField("slug"),
                row.getField("name"),
                row.getField("parent"),
                Integer.parseInt(row.getField("sortOrder")),
                row.getField("description"));
    }

    private static DemoProduct product(NamedCsvRecord row) {
        return new DemoProduct(
                row.getField("sku"),
                row.getField("name"),
                row.getField("slug"),
                row.getField("category"),
                row.getField("brand"),
                row.getField("price"),
                row.getField("compareAtPrice"),
                List.of(row.getField("tags").split("\\|", -1)),
                row.getField("material"),
                row.getField("colour"),
                row.getField("pattern"),
                row.getField("motif"),
                new Look(
                        Tint.of(row.getField("main")),
                        Tint.of(row.getField("accent")),
                        Pattern.of(row.getField("pattern"))),
                row.getField("featured").equals("yes"),
                Integer.parseInt(row.getField("stock")),
                row.getField("description"));
    }

    private static DemoVariant variant(NamedCsvRecord row) {
        return new DemoVariant(
                row.getField("product"),
                row.getField("option"),
                row.getField("sku"),
                row.getField("choice"),
                row.getField("price"),
                Integer.parseInt(row.getField("stock")));
    }

    private static DemoReview review(NamedCsvRecord row) {
        return new DemoReview(Integer.parseInt(row.getField("rating")), row.getField("title"), row.getField("text"));
    }

    private static <T> List<T> rows(String file, Function<NamedCsvRecord, T> reading) {
        try (InputStream in = DemoCatalogue.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + file + " is missing");
            }
            try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(in)) {
                return reader.stream().map(reading).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FOLDER + file + " cannot be read", e);
        }
    }
}
