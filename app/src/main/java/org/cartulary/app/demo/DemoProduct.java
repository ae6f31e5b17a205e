package org.cartulary.app.demo;

import java.util.List;
import java.util.Locale;
import org.cartulary.app.demo.pictures.Look;
import org.cartulary.app.demo.pictures.ProductPicture;

/**
 * A product of the demo shop.
 *
 * @param sku the stock code of the data set, or one of its own where it has variants
 * @param name what it is called
 * @param slug its name in addresses
 * @param category the slug of its category
 * @param brand whose it is
 * @param price in the demo shop's currency, with two places
 * @param compareAtPrice what it cost before, empty where it is not reduced
 * @param tags words by which it is found
 * @param material of what it is made
 * @param colour the word for its colour
 * @param pattern the word for what is printed on it
 * @param motif what its picture shows
 * @param look in which colours
 * @param featured whether the shop shows it first
 * @param stock units, of the product itself where it has no variants; 0 where it is sold out
 * @param description two or three sentences
 */
public record DemoProduct(
        String sku,
        String name,
        String slug,
        String category,
        String brand,
        String price,
        String compareAtPrice,
        List<String> tags,
        String material,
        String colour,
        String pattern,
        String motif,
        Look look,
        boolean featured,
        int stock,
        String description) {

    /** Its pictures: of those that are featured a second one, from near. */
    List<ProductPicture> pictures() {
        ProductPicture main = new ProductPicture(motif, look, ProductPicture.Scene.STUDIO, sku.hashCode());
        return featured
                ? List.of(main, new ProductPicture(motif, look, ProductPicture.Scene.DETAIL, sku.hashCode() + 1))
                : List.of(main);
    }

    /** The slug of its brand. */
    String brandSlug() {
        return slugOf(brand);
    }

    static String slugOf(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
