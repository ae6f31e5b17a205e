package org.cartulary.app.demo.pictures;

import static org.cartulary.app.demo.pictures.Shapes.band;
import static org.cartulary.app.demo.pictures.Shapes.box;
import static org.cartulary.app.demo.pictures.Shapes.disc;
import static org.cartulary.app.demo.pictures.Shapes.oval;
import static org.cartulary.app.demo.pictures.Shapes.path;
import static org.cartulary.app.demo.pictures.Shapes.placed;
import static org.cartulary.app.demo.pictures.Shapes.thick;

import java.awt.Color;
import java.awt.Shape;
import org.cartulary.app.demo.pictures.Pattern.Tile;

/** The small figures of which patterns are made. */
final class Figures {

    private static final Color LEAF = Tint.GREEN.color();
    private static final Color CREAM = Tint.IVORY.color();

    private Figures() {}

    static void rose(Tile tile, double x, double y, double size) {
        for (int side : new int[] {-1, 1}) {
            tile.add(
                    placed(oval(0, 0, size * 0.55, size * 0.24), x + side * size * 1.05, y + size * 0.55, 1, side * 32),
                    LEAF);
        }
        tile.add(disc(x, y, size), tile.accent());
        for (int petal = 0; petal < 5; petal++) {
            double angle = Math.toRadians(72 * petal - 90);
            tile.add(
                    disc(x + size * 0.58 * Math.cos(angle), y + size * 0.58 * Math.sin(angle), size * 0.52),
                    Tint.mixed(tile.accent(), Color.WHITE, petal % 2 == 0 ? 0.14 : 0.26));
        }
        tile.add(disc(x, y, size * 0.52), Tint.mixed(tile.accent(), Brush.DARK, 0.10));
        tile.add(disc(x - size * 0.08, y - size * 0.06, size * 0.34), Tint.mixed(tile.accent(), Color.WHITE, 0.30));
        tile.add(disc(x + size * 0.02, y + size * 0.02, size * 0.17), Tint.mixed(tile.accent(), Brush.DARK, 0.14));
    }

    static void daisy(Tile tile, double x, double y, double size) {
        for (int petal = 0; petal < 6; petal++) {
            tile.add(placed(oval(0, -size * 0.62, size * 0.30, size * 0.44), x, y, 1, 60.0 * petal), tile.accent());
        }
        tile.add(disc(x, y, size * 0.30), Tint.YELLOW.color());
    }

    static void paisley(Tile tile, double x, double y, double scale, double turn) {
        String drop =
                "M -4 -42 C 22 -30 34 -6 30 14 C 26 36 4 44 -14 36 C -34 26 -36 0 -22 -14 C -10 -26 6 -26 -4 -42 Z";
        tile.add(drop, x, y, scale, turn, tile.accent());
        tile.add(drop, x, y + 2, scale * 0.70, turn, tile.main());
        tile.add(drop, x, y + 3, scale * 0.42, turn, tile.between(0.25));
        for (int dot = 0; dot < 7; dot++) {
            double angle = Math.toRadians(turn + 40 * dot - 60);
            tile.add(disc(x + 50 * scale * Math.cos(angle), y + 50 * scale * Math.sin(angle), 3.4), tile.between(0.2));
        }
    }

    static void sprig(Tile tile, double x, double y, double turn) {
        tile.add(placed(thick(path("M 0 34 Q 4 0 0 -30"), 3), x, y, 1, turn), tile.accent());
        for (int pair = 0; pair < 3; pair++) {
            for (int side : new int[] {-1, 1}) {
                Shape leaf = placed(oval(13, 0, 13, 5.5), 0, 20 - 19 * pair, 1, side < 0 ? 215 : -35);
                tile.add(placed(leaf, x, y, 1, turn), tile.between(0.12 * pair));
            }
        }
        tile.add(placed(oval(0, -38, 5.5, 11), x, y, 1, turn), tile.accent());
    }

    static void doily(Tile tile, double x, double y, double size) {
        tile.add(thick(disc(x, y, size * 0.72), 3), tile.accent());
        tile.add(thick(disc(x, y, size * 0.34), 3), tile.accent());
        for (int loop = 0; loop < 12; loop++) {
            double angle = Math.toRadians(30 * loop);
            tile.add(disc(x + size * Math.cos(angle), y + size * Math.sin(angle), 5.2), tile.accent());
            tile.add(disc(x + size * 0.53 * Math.cos(angle), y + size * 0.53 * Math.sin(angle), 2.6), tile.accent());
        }
        tile.add(disc(x, y, 4.5), tile.accent());
    }

    static void apple(Tile tile, double x, double y) {
        tile.add(
                "M 0 -14 C 10 -24 34 -20 34 4 C 34 24 16 38 6 34 Q 0 31 -6 34 C -16 38 -34 24 -34 4 C -34 -20 -10 -24 0 -14 Z",
                x,
                y,
                0.86,
                0,
                tile.accent());
        tile.add(oval(x - 14, y - 2, 5, 8), Tint.mixed(tile.accent(), Color.WHITE, 0.4));
        tile.add(thick(placed(path("M 0 -13 Q 2 -22 7 -27"), x, y, 1, 0), 3.4), Tint.CHOCOLATE.color());
        tile.add(placed(oval(12, 0, 12, 5), x + 4, y - 22, 1, -24), LEAF);
    }

    static void strawberry(Tile tile, double x, double y) {
        tile.add(
                "M 0 30 C -18 22 -28 2 -22 -10 C -16 -18 16 -18 22 -10 C 28 2 18 22 0 30 Z", x, y, 1, 0, tile.accent());
        for (double[] seed : new double[][] {{-10, -3}, {0, 2}, {10, -3}, {-6, 10}, {6, 10}, {0, 19}}) {
            tile.add(oval(x + seed[0], y + seed[1], 1.6, 2.4), CREAM);
        }
        tile.add("M 0 -8 L -17 -8 L -8 -14 L -10 -24 L 0 -16 L 10 -24 L 8 -14 L 17 -8 Z", x, y, 1, 0, LEAF);
    }

    static void toadstool(Tile tile, double x, double y) {
        tile.add("M -9 0 Q -8 26 -12 32 L 12 32 Q 8 26 9 0 Z", x, y, 1, 0, CREAM);
        tile.add("M -32 6 C -32 -36 32 -36 32 6 Q 0 14 -32 6 Z", x, y, 1, 0, tile.accent());
        for (double[] spot : new double[][] {{-14, -8, 5}, {4, -16, 6}, {18, -3, 4}, {-2, 1, 3.4}}) {
            tile.add(disc(x + spot[0], y + spot[1], spot[2]), CREAM);
        }
    }

    static void fir(Tile tile, double x, double y) {
        tile.add(box(x - 4, y + 18, 8, 14), Tint.CHOCOLATE.color());
        for (int tier = 0; tier < 3; tier++) {
            double width = 13 + 6 * tier;
            double top = y - 34 + 15 * tier;
            tile.add(
                    path("M " + x + " " + top + " L " + (x + width) + " " + (top + 25) + " L " + (x - width) + " "
                            + (top + 25) + " Z"),
                    Tint.mixed(LEAF, Brush.DARK, 0.06 * tier));
        }
    }

    static void planet(Tile tile, double x, double y) {
        tile.add(disc(x, y, 24), tile.accent());
        tile.add(disc(x - 7, y - 7, 7), tile.between(0.3));
        tile.add(disc(x + 9, y + 6, 5), tile.between(0.3));
        tile.add(placed(thick(oval(0, 0, 38, 10), 4), x, y, 1, -20), Tint.YELLOW.color());
    }

    static void rocket(Tile tile, double x, double y) {
        tile.add("M -8 24 L -20 34 L -18 12 Z M 8 24 L 20 34 L 18 12 Z", x, y, 1, 24, Tint.YELLOW.color());
        tile.add("M 0 -40 C 20 -20 18 10 10 28 L -10 28 C -18 10 -20 -20 0 -40 Z", x, y, 1, 24, tile.accent());
        tile.add(placed(disc(0, -8, 7), x, y, 1, 24), tile.main());
    }

    static void owl(Tile tile, double x, double y) {
        tile.add(
                "M -24 -30 L -14 -24 Q 0 -30 14 -24 L 24 -30 C 30 0 26 34 0 36 C -26 34 -30 0 -24 -30 Z",
                x,
                y,
                1,
                0,
                tile.accent());
        tile.add(oval(x, y + 14, 14, 16), tile.between(0.45));
        for (int side : new int[] {-1, 1}) {
            tile.add(disc(x + side * 10, y - 9, 10), CREAM);
            tile.add(disc(x + side * 10, y - 9, 5), Brush.DARK);
        }
        tile.add("M -4 -4 L 4 -4 L 0 6 Z", x, y, 1, 0, Tint.ORANGE.color());
    }

    /** A flag with a straight and a slanting cross; tiles of it are only seen whole. */
    static void crosses(Tile tile, double size) {
        Color white = Tint.WHITE.color();
        double middle = size / 2;
        String slants = "M 0 0 L " + size + " " + size + " M " + size + " 0 L 0 " + size;
        tile.add(band(path(slants), size * 0.17), white);
        tile.add(band(path(slants), size * 0.06), tile.accent());
        tile.add(box(middle - size * 0.15, 0, size * 0.30, size), white);
        tile.add(box(0, middle - size * 0.15, size, size * 0.30), white);
        tile.add(box(middle - size * 0.09, 0, size * 0.18, size), tile.accent());
        tile.add(box(0, middle - size * 0.09, size, size * 0.18), tile.accent());
    }
}
