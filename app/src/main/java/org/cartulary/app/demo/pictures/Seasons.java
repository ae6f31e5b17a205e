package org.cartulary.app.demo.pictures;

import static org.cartulary.app.demo.pictures.Shapes.box;
import static org.cartulary.app.demo.pictures.Shapes.common;
import static org.cartulary.app.demo.pictures.Shapes.disc;
import static org.cartulary.app.demo.pictures.Shapes.oval;
import static org.cartulary.app.demo.pictures.Shapes.path;
import static org.cartulary.app.demo.pictures.Shapes.placed;
import static org.cartulary.app.demo.pictures.Shapes.rounded;
import static org.cartulary.app.demo.pictures.Shapes.star;

import java.awt.Color;
import java.awt.Shape;

/** What is brought out for Christmas, and a present for whatever has no picture of its own. */
final class Seasons {

    private static final Color FUR = new Color(0xFB, 0xF7, 0xF0);

    private Seasons() {}

    static void stocking(Brush brush) {
        brush.cord(path("M 600 200 C 690 120 720 220 640 240"), brush.inAccent().main(), 16);
        Shape body = path(
                "M 380 260 L 640 260 L 630 560 C 640 620 560 640 480 690 C 400 800 200 800 210 690 C 220 600 360 610 372 500 Z");
        brush.soft(body, brush.cloth());
        brush.soft(common(body, disc(238, 716, 100)), brush.inAccent().main());
        brush.soft(common(body, disc(650, 600, 92)), brush.inAccent().main());
        for (int tuft = 0; tuft < 7; tuft++) {
            brush.soft(disc(380 + tuft * 44, 250 + (tuft % 2) * 8, 46), FUR);
        }
        brush.soft(rounded(346, 222, 330, 76, 38), FUR);
        brush.shine(path("M 396 320 L 420 320 L 410 500 L 392 500 Z"), 0.25);
    }

    static void bauble(Brush brush) {
        brush.cord(path("M 500 60 L 500 214"), Tint.GOLD.color(), 9);
        brush.polished(rounded(446, 204, 108, 66, 12), Tint.GOLD.color());
        Shape ball = disc(500, 520, 270);
        brush.round(ball, brush.cloth());
        brush.fill(
                common(ball, path("M 200 470 Q 500 560 800 470 L 800 560 Q 500 650 200 560 Z")), Tint.faint(FUR, 0.92));
        for (int snow = 0; snow < 7; snow++) {
            double x = 280 + snow * 74;
            brush.fill(common(ball, star(x, 568 - Math.abs(x - 500) * 0.14, 30, 6, 0.4)), brush.main());
        }
        brush.shine(placed(oval(0, 0, 46, 84), 366, 394, 1, 34), 0.5);
        brush.dim(common(ball, path("M 760 420 C 800 640 640 780 440 784 L 800 800 Z")), 0.14);
    }

    static void tree(Brush brush) {
        brush.cord(path("M 500 60 L 500 170"), Tint.NATURAL.color(), 9);
        brush.round(box(460, 720, 80, 92), Tint.WOOD.color());
        for (int tier = 2; tier >= 0; tier--) {
            double top = 190 + tier * 150;
            double reach = 160 + tier * 74;
            brush.soft(
                    path("M 500 " + top + " C 540 " + (top + 90) + " " + (500 + reach) + " " + (top + 200) + " "
                            + (500 + reach) + " "
                            + (top + 240) + " Q 500 " + (top + 290) + " " + (500 - reach) + " " + (top + 240) + " C "
                            + (500 - reach) + " "
                            + (top + 200) + " 460 " + (top + 90) + " 500 " + top + " Z"),
                    brush.cloth(0.8));
        }
        brush.soft(star(500, 190, 62, 5, 0.45), Tint.GOLD.color());
        for (double[] ball : new double[][] {
            {430, 390}, {560, 420}, {390, 540}, {510, 560}, {620, 550}, {340, 690}, {470, 700}, {600, 690}
        }) {
            brush.soft(disc(ball[0], ball[1], 19), Tint.GOLD.color());
        }
    }

    static void woodenStar(Brush brush) {
        brush.cord(path("M 500 60 L 500 240"), brush.accent(), 10);
        brush.soft(star(500, 530, 320, 5, 0.5), brush.cloth());
        brush.line(star(500, 530, 262, 5, 0.5), brush.accent(), 10);
        brush.soft(disc(500, 530, 46), brush.accent());
        brush.fill(disc(500, 252, 10), Tint.faint(Brush.DARK, 0.6));
    }

    static void bells(Brush brush) {
        brush.cord(path("M 500 70 L 500 250 M 500 250 L 330 360 M 500 250 L 670 360"), Tint.RED.color(), 16);
        for (int side : new int[] {-1, 1}) {
            Brush own = brush.moved(500 + side * 165, 360, 1, side * -10);
            own.polished(path("M -36 10 C -120 60 -90 220 -150 300 L 150 300 C 90 220 120 60 36 10 Z"), own.main());
            own.polished(rounded(-166, 284, 332, 46, 22), own.main());
            own.polished(disc(0, 344, 36), Tint.mixed(own.main(), Brush.DARK, 0.2));
        }
        Bags.bow(brush.in(Tint.RED).moved(500, 290, 1, 0));
    }

    static void angel(Brush brush) {
        brush.cord(path("M 500 60 L 500 190"), Tint.GOLD.color(), 8);
        for (int side : new int[] {-1, 1}) {
            brush.soft(
                    path("M " + (500 + side * 30) + " 430 C " + (500 + side * 160) + " 280 " + (500 + side * 330)
                            + " 320 " + (500 + side * 320) + " 440 C " + (500 + side * 300) + " 560 "
                            + (500 + side * 120) + " 600 " + (500 + side * 30) + " 520 Z"),
                    FUR);
        }
        brush.round(path("M 430 410 L 570 410 L 700 790 Q 500 850 300 790 Z"), brush.cloth());
        brush.line(path("M 306 786 Q 500 844 694 786"), Tint.GOLD.color(), 14);
        brush.soft(disc(500, 320, 110), new Color(0xFB, 0xE0, 0xCB));
        brush.soft(
                path("M 388 330 C 380 180 620 180 612 330 C 590 260 540 250 500 250 C 460 250 410 260 388 330 Z"),
                Tint.YELLOW.color());
        brush.line(oval(500, 190, 84, 20), Tint.GOLD.color(), 11);
        for (int side : new int[] {-1, 1}) {
            brush.fill(disc(500 + side * 38, 330, 10), Brush.DARK);
            brush.fill(disc(500 + side * 62, 360, 18), Tint.faint(Tint.PINK.color(), 0.75));
        }
        brush.line(path("M 478 370 Q 500 390 522 370"), Tint.RED.color(), 6);
        brush.fill(Shapes.heart(500, 520, 80), brush.accent());
    }

    static void wreath(Brush brush) {
        for (int leaf = 0; leaf < 44; leaf++) {
            double angle = Math.toRadians(leaf * 360.0 / 22 + (leaf >= 22 ? 8 : 0));
            double reach = leaf >= 22 ? 218 : 266;
            brush.soft(
                    placed(
                            oval(0, 0, 26, 72),
                            500 + reach * Math.cos(angle),
                            510 + reach * Math.sin(angle),
                            1,
                            Math.toDegrees(angle) + (leaf % 2 == 0 ? 40 : 130)),
                    leaf % 3 == 0 ? Tint.mixed(brush.main(), Brush.DARK, 0.2) : brush.main());
        }
        for (int berry = 0; berry < 14; berry++) {
            double angle = Math.toRadians(berry * 360.0 / 14);
            brush.soft(disc(500 + 246 * Math.cos(angle), 510 + 246 * Math.sin(angle), 21), Tint.RED.color());
        }
        Bags.bow(brush.inAccent().moved(500, 752, 1.05, 0));
    }

    static void gift(Brush brush) {
        brush.round(rounded(240, 430, 520, 385, 16), brush.cloth());
        brush.round(rounded(214, 350, 572, 110, 16), brush.cloth());
        brush.dim(box(240, 460, 520, 16), 0.18);
        brush.round(box(454, 350, 92, 465), brush.accent());
        Bags.bow(brush.inAccent().moved(500, 346, 1.25, 0));
        brush.shine(rounded(262, 490, 16, 280, 8), 0.4);
    }
}
