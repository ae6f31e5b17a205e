package org.cartulary.inventory;

/** Sums the movements of each day that is over, a day a transaction, and catches up after a stand-still. */
final class SummingDays implements Runnable {

    private static final int MAX_DAYS_PER_RUN = 1000;

    private final StockDays days;

    SummingDays(StockDays days) {
        this.days = days;
    }

    @Override
    public void run() {
        for (int day = 0; day < MAX_DAYS_PER_RUN; day++) {
            if (days.sumNext().isEmpty()) {
                return;
            }
        }
    }
}
