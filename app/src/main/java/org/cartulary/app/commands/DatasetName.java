package org.cartulary.app.commands;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The data sets that can be imported and replayed. */
enum DatasetName {
    ONLINE_RETAIL("online-retail");

    private final String word;

    DatasetName(String word) {
        this.word = word;
    }

    /**
     * The data set of the word.
     *
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    static DatasetName ofWord(String word) {
        return Arrays.stream(values())
                .filter(dataset -> dataset.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no data set \"" + word + "\", only "
                        + Arrays.stream(values()).map(DatasetName::toString).collect(Collectors.joining(", "))));
    }

    /** The word on the command line. */
    @Override
    public String toString() {
        return word;
    }
}
