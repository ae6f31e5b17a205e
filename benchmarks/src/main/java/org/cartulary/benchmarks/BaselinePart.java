package org.cartulary.benchmarks;

/** The bare SQL of a purchase on the same cluster: what is left when everything that a platform does is left out. */
final class BaselinePart implements BenchmarkPart {

    static final String NAME = "baseline";
    static final String PURCHASE = "bare SQL of a purchase";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Workbench bench) {
        BaselineDatabase database = BaselineDatabase.fresh(bench);
        for (int clients : bench.settings().clients()) {
            bench.report().add(database.purchases(clients));
        }
    }
}
