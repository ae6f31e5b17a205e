package org.cartulary.app.retail;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sales of the file as a shop knows them: products, customers and orders. Immutable. */
final class RetailDataset {

    private final List<RetailInvoice> invoices;
    private final List<Product> products;
    private final Map<String, String> countriesOfCustomers;

    /**
     * A product that was sold.
     *
     * @param name its most frequent description, the first in the alphabet of equals
     * @param price its most frequent price in pence, the latest of equals
     * @param units how many were sold
     */
    record Product(String stockCode, String name, BigDecimal price, RetailCategory category, int units) {}

    private RetailDataset(
            List<RetailInvoice> invoices, List<Product> products, Map<String, String> countriesOfCustomers) {
        this.invoices = List.copyOf(invoices);
        this.products = List.copyOf(products);
        this.countriesOfCustomers = Map.copyOf(countriesOfCustomers);
    }

    static RetailDataset of(List<RetailLine> lines) {
        Map<String, List<RetailLine>> byInvoice = new LinkedHashMap<>();
        Map<String, List<RetailLine>> byProduct = new TreeMap<>();
        Map<String, String> customers = new HashMap<>();
        for (RetailLine line : lines) {
            if (line.isSale()) {
                byInvoice
                        .computeIfAbsent(line.invoice(), number -> new ArrayList<>())
                        .add(line);
                byProduct
                        .computeIfAbsent(line.stockCode(), code -> new ArrayList<>())
                        .add(line);
                if (line.customer() != null) {
                    customers.putIfAbsent(line.customer(), line.country());
                }
            }
        }
        List<RetailInvoice> invoices = new ArrayList<>();
        byInvoice.forEach((number, some) -> invoices.add(new RetailInvoice(number, some)));
        List<Product> products = new ArrayList<>();
        byProduct.forEach((code, some) -> products.add(product(code, some)));
        return new RetailDataset(invoices, products, customers);
    }

    private static Product product(String stockCode, List<RetailLine> sales) {
        Map<String, Long> names = sales.stream()
                .map(RetailLine::description)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
        String name = names.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .orElse(stockCode);
        Map<BigDecimal, Long> prices = new LinkedHashMap<>();
        for (RetailLine sale : sales.reversed()) {
            prices.merge(sale.pennyPrice(), 1L, Long::sum);
        }
        // Streams keep the order of the map, and max() the last of equals: so the map is read backwards.
        BigDecimal price = new ArrayList<>(prices.entrySet())
                .reversed().stream()
                        .max(Comparator.comparing(Map.Entry<BigDecimal, Long>::getValue))
                        .orElseThrow()
                        .getKey();
        int units =
                Math.toIntExact(sales.stream().mapToLong(RetailLine::quantity).sum());
        return new Product(stockCode, name, price, RetailCategory.of(stockCode, name), units);
    }

    /** The orders, in the order of the file. */
    List<RetailInvoice> invoices() {
        return invoices;
    }

    /** The products, by stock code. */
    List<Product> products() {
        return products;
    }

    /** From the numbers of the customers who bought to the country of their first purchase. */
    Map<String, String> customers() {
        return countriesOfCustomers;
    }
}
