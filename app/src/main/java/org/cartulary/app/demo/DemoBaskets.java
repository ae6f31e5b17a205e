package org.cartulary.app.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Who buys and reviews what: the customers share the first products, so that each is bought by three of them. */
final class DemoBaskets {

    private static final int REVIEWED = 20;
    private static final int CUSTOMERS = 6;
    private static final int[] SHARES = {0, 1, 3};
    private static final int PLENTY = 20;

    private final List<DemoProduct> products;
    private final DemoCatalogue catalogue;
    private final Map<String, JsonNode> inShop;

    DemoBaskets(DemoCatalogue catalogue, Map<String, JsonNode> inShop) {
        this.catalogue = catalogue;
        this.inShop = inShop;
        this.products = catalogue.products().stream()
                .filter(product -> inShop.containsKey(product.sku()))
                .filter(product -> product.stock() >= PLENTY)
                .toList();
    }

    /** What a customer reviews, each of which some order of theirs contains. */
    List<DemoProduct> reviewedBy(int customer) {
        List<DemoProduct> reviewed = new ArrayList<>();
        for (int product = 0; product < Math.min(REVIEWED, products.size()); product++) {
            for (int share : SHARES) {
                if ((product + share) % CUSTOMERS == customer) {
                    reviewed.add(products.get(product));
                }
            }
        }
        return reviewed;
    }

    /** The id of the product in the shop. */
    String idOf(DemoProduct product) {
        return inShop(product).path("id").asString();
    }

    /** The ids and quantities of what is in an order: two of what its buyer reviews, and one thing more. */
    Map<String, Integer> of(DemoOrder order) {
        Map<String, Integer> basket = new LinkedHashMap<>();
        int turn = order.number() / 7;
        List<DemoProduct> own = reviewedBy(order.buyer() % CUSTOMERS);
        if (!own.isEmpty()) {
            basket.put(sold(own.get(2 * turn % own.size()), turn), 1 + order.number() % 3);
            basket.put(sold(own.get((2 * turn + 1) % own.size()), turn), 1 + order.number() % 2);
        }
        DemoProduct more = products.get((order.number() * 5 + 7) % products.size());
        basket.putIfAbsent(sold(more, order.number()), 1 + order.number() % 4);
        return basket;
    }

    /** The id under which it is sold: of one of its variants, if it has any. */
    private String sold(DemoProduct product, int turn) {
        JsonNode variants = inShop(product).path("variants");
        boolean varies = !catalogue.variantsOf(product).isEmpty() && !variants.isEmpty();
        return varies ? variants.path(turn % variants.size()).path("id").asString() : idOf(product);
    }

    private JsonNode inShop(DemoProduct product) {
        JsonNode there = inShop.get(product.sku());
        if (there == null) {
            throw new IllegalStateException("the product " + product.sku() + " was not made");
        }
        return there;
    }
}
