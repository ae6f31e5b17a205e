package org.cartulary.app.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.app.demo.DemoCustomers.Customer;
import tools.jackson.databind.JsonNode;

/**
 * Fills a shop over the public API so that there is something to look at: catalogue, pictures, stock, promotions, customers,
 * orders and reviews. What is there already stays as it is, so that it may be interrupted and repeated.
 */
public final class DemoShop {

    /** The customer whose password is told to whoever starts the demo. */
    public static final String CUSTOMER = "demo@shop.example";

    private static final int TOLD_EVERY = 20;

    private final String url;
    private final DemoClient client;
    private final DemoCatalogue catalogue;
    private final PrintWriter out;

    /**
     * A shop that is to be filled.
     *
     * @param url the base URL of the platform
     * @param operatorKey the operator's key
     * @param tenant the shop
     * @param out where it is told how far this is
     */
    public DemoShop(String url, String operatorKey, UUID tenant, DemoCatalogue catalogue, PrintWriter out) {
        this.url = url;
        this.client = DemoClient.of(url, operatorKey, tenant);
        this.catalogue = catalogue;
        this.out = out;
    }

    /**
     * Fills it and returns when all is there.
     *
     * @param password that of the demo customers
     * @throws org.cartulary.app.client.ApiException if the platform refuses something; what was done stays, and the next call
     *     goes on from there
     */
    public void fill(String password) {
        tell("The demo shop is filled, once, in a minute or two; it may be interrupted. You may look already: " + url
                + "/");
        Map<String, JsonNode> products = new DemoProducts(client, catalogue).fill();
        new DemoAlerts(client).fill(catalogue, products);
        new DemoSettings(client).fill();
        tell("  " + catalogue.products().size() + " products with their stock, prices and promotions");
        new Pictures(client).fill(catalogue.products(), products, done -> {
            if (done % TOLD_EVERY == 0 || done == catalogue.products().size()) {
                tell("  pictures of " + done + " of " + catalogue.products().size() + " products");
            }
        });
        List<Customer> customers = new DemoCustomers(client, url, password).fill();
        DemoBaskets baskets = new DemoBaskets(catalogue, products);
        new DemoOrders(client, customers, baskets).fill();
        tell("  " + customers.size() + " customers, " + DemoOrder.all().size() + " orders");
        new DemoReviews(client, catalogue, baskets).fill(customers);
        tell("  what customers say of what they have bought");
    }

    private synchronized void tell(String line) {
        out.println(line);
        out.flush();
    }
}
