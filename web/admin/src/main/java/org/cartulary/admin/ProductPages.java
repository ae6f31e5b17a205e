package org.cartulary.admin;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** Products: finding, changing and adding them, and their pictures. */
final class ProductPages {

    private ProductPages() {}

    static ServerResponse list(Visit visit) {
        Listing listing = Listing.of(visit, "/admin/products", "query", "status");
        Products.Page page = visit.api().get(listing.addTo(ApiPath.of("admin/products")), Products.Page.class);
        return visit.page(
                "products",
                Map.of("listing", listing, "products", page.items(), "page", page.page(), "states", Products.STATES));
    }

    static ServerResponse askNew(Visit visit) {
        return askNew(visit, null);
    }

    private static ServerResponse askNew(Visit visit, @Nullable Problem problem) {
        Map<String, Object> model = choices(visit);
        model.put("form", ProductForm.of(visit));
        return visit.page("product-new", model, problem);
    }

    static ServerResponse add(Visit visit) {
        Map<String, Object> draft = ProductForm.of(visit).draft(visit);
        draft.put("sku", visit.field("sku"));
        Outcome<Products.Product> outcome = visit.api()
                .withIdempotencyKey(visit.key())
                .post(ApiPath.of("admin/products"), draft, Products.Product.class);
        return switch (outcome) {
            case Outcome.Done<Products.Product>(Products.Product product) ->
                visit.redirect("/admin/products/" + product.id() + "?said=saved");
            case Outcome.Refused<Products.Product>(Problem problem) -> askNew(visit, problem);
        };
    }

    static ServerResponse show(Visit visit) {
        return show(visit, null, null);
    }

    private static ServerResponse show(Visit visit, @Nullable ProductForm typed, @Nullable Problem problem) {
        Products.Product product =
                visit.api().find(ApiPath.of("admin/products/{id}", visit.path("id")), Products.Product.class);
        if (product == null) {
            return visit.notFound();
        }
        Map<String, Object> model = choices(visit);
        model.put("product", product);
        model.put("form", typed == null ? ProductForm.of(product) : typed);
        model.put("stock", stock(visit, product));
        return visit.page("product", model, problem);
    }

    /** How many there are of what can be bought, by its id. */
    private static Map<String, Integer> stock(Visit visit, Products.Product product) {
        Map<String, Integer> available = new HashMap<>();
        if (Rights.allows(visit, Permissions.STOCK_READ)) {
            List<String> ids = product.variantsOrNone().isEmpty()
                    ? List.of(product.id().toString())
                    : product.variantsOrNone().stream()
                            .map(variant -> variant.id().toString())
                            .limit(Listing.ROWS)
                            .toList();
            for (String id : ids) {
                Stock.Rows rows = visit.api().get(ApiPath.of("admin/stock").with("productId", id), Stock.Rows.class);
                available.put(
                        id, rows.items().stream().mapToInt(Stock.Row::available).sum());
            }
        }
        return available;
    }

    private static Map<String, Object> choices(Visit visit) {
        Map<String, Object> model = new HashMap<>();
        model.put("categories", CategoryPages.all(visit));
        model.put(
                "brands",
                new Products.Makers(visit.apiOfVisitor()
                        .all(
                                ApiPath.of("store/brands"),
                                Products.MakerPage.class,
                                Products.MakerPage::items,
                                Products.MakerPage::page)));
        model.put("states", Products.STATES);
        return model;
    }

    static ServerResponse change(Visit visit) {
        ProductForm form = ProductForm.of(visit);
        return visit.after(
                changing(visit, form.change(visit)),
                "/admin/products/" + visit.path("id") + "?said=saved",
                // What somebody else has made of it meanwhile is shown, not what was typed about what was there before.
                problem -> show(visit, problem.is("precondition-failed") ? null : form, problem));
    }

    private static Outcome<Products.Product> changing(Visit visit, Map<String, Object> change) {
        return visit.api()
                .withVersion(visit.number("version", 0))
                .put(ApiPath.of("admin/products/{id}", visit.path("id")), change, Products.Product.class);
    }

    private static ServerResponse after(Visit visit, Outcome<Products.Product> outcome, String said) {
        return visit.after(
                outcome,
                "/admin/products/" + visit.path("id") + "?said=" + said,
                problem -> show(visit, null, problem));
    }

    /** Takes it out of the shop, or puts it in again. */
    static ServerResponse setState(Visit visit) {
        return after(visit, changing(visit, Map.of("status", visit.field("status"))), "saved");
    }

    static ServerResponse delete(Visit visit) {
        Outcome<Api.Nothing> outcome = visit.api().delete(ApiPath.of("admin/products/{id}", visit.path("id")));
        return visit.after(outcome, "/admin/products?said=product-deleted", problem -> show(visit, null, problem));
    }

    /** Passes a picture on, which is the body as it is. */
    static ServerResponse addPicture(Visit visit) {
        MediaType type = visit.request().headers().contentType().orElse(MediaType.APPLICATION_OCTET_STREAM);
        Outcome<JsonNode> outcome = visit.api()
                .post(
                        ApiPath.of("admin/products/{id}/images", visit.path("id"))
                                .with("altText", visit.field("altText"))
                                .with("primary", visit.has("primary")),
                        type.toString(),
                        body(visit),
                        JsonNode.class);
        return visit.after(
                outcome,
                "/admin/products/" + visit.path("id") + "?said=picture-added#pictures",
                problem -> show(visit, null, problem));
    }

    private static byte[] body(Visit visit) {
        try {
            return visit.request().body(byte[].class);
        } catch (IOException e) {
            throw new UncheckedIOException("the picture has not arrived", e);
        } catch (ServletException e) {
            throw new IllegalStateException("a body of bytes can be read", e);
        }
    }

    /** Has the product go on without one of its pictures. */
    static ServerResponse removePicture(Visit visit) {
        Products.Product product =
                visit.api().find(ApiPath.of("admin/products/{id}", visit.path("id")), Products.Product.class);
        if (product == null) {
            return visit.notFound();
        }
        List<Products.Image> left = product.imagesOrNone().stream()
                .filter(image -> !image.url().equals(visit.field("url")))
                .toList();
        return after(visit, changing(visit, Map.of("images", left)), "picture-removed");
    }
}
