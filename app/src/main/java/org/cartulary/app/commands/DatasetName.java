package org.cartulary.app.commands;

/** The data sets that can be imported and replayed. */
enum DatasetName {
    ONLINE_RETAIL("online-retail");

    private final String word;

    DatasetName(String word) {
        this.word = word;
    }

    /** The word on the command line. */
    @Override
    public String toString() {
        return word;
    }
}
