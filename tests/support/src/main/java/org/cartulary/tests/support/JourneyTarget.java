package org.cartulary.tests.support;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The running platform on which the journeys are to happen, where somebody has named one:
 * {@code -Dcartulary.journeys.target=FOLDER}, the data directory that other commands are given as {@code --data-dir}.
 */
public final class JourneyTarget {

    private static final String PROPERTY = "cartulary.journeys.target";

    private JourneyTarget() {}

    /** Its data directory; empty where the journeys start what they need. */
    public static Optional<Path> dataDirectory() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
    }
}
