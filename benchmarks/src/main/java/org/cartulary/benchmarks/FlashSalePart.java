package org.cartulary.benchmarks;

import java.util.List;

/**
 * One product that everybody wants: reservations through the inventory's contract, and complete purchases over HTTP,
 * against the pattern of the source document (row lock, then version check) through plain JDBC.
 */
final class FlashSalePart implements BenchmarkPart {

    static final String NAME = "flash-sale";
    static final String RESERVATIONS = "reservations";
    static final String BASELINE = "FOR UPDATE and version check";

    private static final String WANTED = "≥ 10 ×";
    private static final List<Integer> CLIENTS = List.of(32, 128);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Workbench bench) {
        BaselineDatabase database = BaselineDatabase.fresh(bench);
        Assortment assortment = bench.assortment();
        // The last one is never drawn otherwise.
        String hot = assortment.id(assortment.size() - 1);
        int port = bench.platform().port();
        for (int clients : bench.settings().smoke() ? bench.settings().clients() : CLIENTS) {
            Measurement baseline = database.flashSale(clients);
            bench.report().add(baseline);
            try (InventoryInProcess inventory = InventoryInProcess.beside(bench.platform())) {
                Measurement reservations = bench.measure(
                        NAME, "reserve, contract in process", clients, RESERVATIONS, _ -> inventory.buyerOf(hot));
                bench.report().add(reservations.against(baseline.perSecond(), WANTED));
            }
            Measurement purchases = bench.measure(
                    NAME,
                    "complete purchases over HTTP",
                    clients,
                    PurchasePart.UNIT,
                    seed -> new PurchaseClient(port, seed, _ -> List.of(hot)));
            bench.report().add(purchases.against(baseline.perSecond(), null));
        }
    }
}
