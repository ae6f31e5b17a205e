package org.cartulary.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** In what a product is sold: its options, and the variants that are their combinations. */
final class VariantPages {

    private VariantPages() {}

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        Products.Product product = find(visit);
        if (product == null) {
            return visit.notFound();
        }
        Map<String, Object> model = new HashMap<>();
        model.put("product", product);
        model.put("options", VariantForm.shown(product));
        model.put("states", Products.STATES);
        return visit.page("variants", model, problem);
    }

    private static Products.@Nullable Product find(Visit visit) {
        return visit.api().find(ApiPath.of("admin/products/{id}", visit.path("id")), Products.Product.class);
    }

    /** Sets numbers, prices and states of the variants that are there. */
    static ServerResponse change(Visit visit) {
        Products.Product product = find(visit);
        return product == null
                ? visit.notFound()
                : set(visit, product.optionsOrNone(), VariantForm.changed(visit, product));
    }

    /** Sets what variants differ in: combinations that are new are added, and those that there are no more are deleted. */
    static ServerResponse chooseOptions(Visit visit) {
        Products.Product product = find(visit);
        if (product == null) {
            return visit.notFound();
        }
        List<Products.Option> options = VariantForm.options(visit, product);
        return set(visit, options, VariantForm.combinations(product, options));
    }

    private static ServerResponse set(
            Visit visit, List<Products.Option> options, List<Map<String, @Nullable Object>> variants) {
        Outcome<JsonNode> outcome = visit.api()
                .withVersion(visit.number("version", 0))
                .put(
                        ApiPath.of("admin/products/{id}/variants", visit.path("id")),
                        Map.of("options", options, "variants", variants),
                        JsonNode.class);
        return visit.after(
                outcome,
                "/admin/products/" + visit.path("id") + "/variants?said=saved",
                problem -> show(visit, problem));
    }
}
