package org.cartulary.app.demo.pictures;

import java.awt.Paint;

/**
 * In what colours and with what pattern something is drawn.
 *
 * @param main the first colour
 * @param accent the second, in which the pattern is
 * @param pattern what is printed on it
 */
public record Look(Tint main, Tint accent, Pattern pattern) {

    /** The pattern in these colours, so much larger than usual. */
    Paint cloth(double scale) {
        return pattern.paint(main.color(), accent.color(), scale);
    }

    /** The second colour for the first and the other way round, without a pattern. */
    Look swapped() {
        Tint first = accent;
        Tint second = main;
        return new Look(first, second, Pattern.PLAIN);
    }

    /** The same in other colours, without a pattern. */
    Look plain(Tint other) {
        return new Look(other, accent, Pattern.PLAIN);
    }
}
