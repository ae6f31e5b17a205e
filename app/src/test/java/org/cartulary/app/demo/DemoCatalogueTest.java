package org.cartulary.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.cartulary.app.demo.pictures.ProductPicture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CAT-01")
final class DemoCatalogueTest {

    private final DemoCatalogue catalogue = DemoCatalogue.load();

    @Test
    void thereIsEnoughToLookAt() {
        assertThat(catalogue.products()).hasSizeBetween(160, 210);
        assertThat(catalogue.products().stream().filter(DemoProduct::featured)).hasSizeBetween(8, 24);
        assertThat(catalogue.products().stream().filter(product -> product.stock() == 0))
                .hasSizeBetween(1, 3);
        assertThat(catalogue.products().stream()
                        .filter(product -> !product.compareAtPrice().isEmpty()))
                .hasSizeGreaterThan(8);
        assertThat(catalogue.reviews()).hasSizeGreaterThan(20);
    }

    @Test
    void skusSlugsAndNamesAreUnique() {
        assertThat(Stream.concat(
                        catalogue.products().stream().map(DemoProduct::sku),
                        catalogue.variants().stream().map(DemoVariant::sku)))
                .doesNotHaveDuplicates();
        assertThat(catalogue.products()).extracting(DemoProduct::slug).doesNotHaveDuplicates();
        assertThat(catalogue.products()).extracting(DemoProduct::name).doesNotHaveDuplicates();
    }

    @Test
    void everyLineCanBeSold() {
        for (DemoProduct product : catalogue.products()) {
            assertThat(product.slug()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(product.name())
                    .matches("[\\p{Lu}0-9].*")
                    .doesNotContain("  ")
                    .hasSizeBetween(5, 70);
            assertThat(product.price()).matches("\\d+\\.(50|95)");
            assertThat(product.description())
                    .hasSizeBetween(60, 400)
                    .doesNotContain("{")
                    .endsWith(".");
            assertThat(catalogue.categories()).extracting(DemoCategory::slug).contains(product.category());
            assertThat(ProductPicture.motifs()).contains(product.motif());
            if (!product.compareAtPrice().isEmpty()) {
                assertThat(new BigDecimal(product.compareAtPrice())).isGreaterThan(new BigDecimal(product.price()));
            }
        }
    }

    @Test
    void variantsBelongToProductsAndDifferInOneOption() {
        for (DemoVariant variant : catalogue.variants()) {
            assertThat(catalogue.products()).extracting(DemoProduct::sku).contains(variant.product());
            assertThat(variant.price()).matches("\\d+\\.(50|95)");
        }
        for (DemoProduct product : catalogue.products()) {
            assertThat(catalogue.variantsOf(product).stream()
                            .map(DemoVariant::option)
                            .distinct())
                    .hasSizeLessThan(2);
            assertThat(catalogue.variantsOf(product).stream().map(DemoVariant::choice))
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(0, 8);
        }
    }

    @Test
    void categoriesAreATreeOfTwoLevelsWhoseParentsComeFirst() {
        for (DemoCategory category : catalogue.categories()) {
            if (!category.parent().isEmpty()) {
                assertThat(catalogue
                                .categories()
                                .subList(0, catalogue.categories().indexOf(category)))
                        .anySatisfy(above -> {
                            assertThat(above.slug()).isEqualTo(category.parent());
                            assertThat(above.parent()).isEmpty();
                        });
            }
        }
    }

    @Test
    void theSourceIsNamedWithItsLicenceAndWhatWasChanged() throws IOException {
        try (InputStream in = DemoCatalogue.class.getResourceAsStream("/demo-shop/NOTICE.txt")) {
            String notice = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);

            assertThat(notice)
                    .contains(
                            "Online Retail", "Daqing Chen", "https://doi.org/10.24432/C5BW33", "CC BY 4.0", "Changed");
        }
    }
}
