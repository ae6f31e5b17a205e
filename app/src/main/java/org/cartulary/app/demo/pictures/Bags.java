package org.cartulary.app.demo.pictures;

import static org.cartulary.app.demo.pictures.Shapes.box;
import static org.cartulary.app.demo.pictures.Shapes.common;
import static org.cartulary.app.demo.pictures.Shapes.disc;
import static org.cartulary.app.demo.pictures.Shapes.oval;
import static org.cartulary.app.demo.pictures.Shapes.path;
import static org.cartulary.app.demo.pictures.Shapes.rounded;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;

/** What things are carried in. */
final class Bags {

    private static final Color LEATHER = new Color(0x9A, 0x63, 0x40);

    private Bags() {}

    static void lunchBag(Brush brush) {
        Shape body = path("M 300 400 L 700 400 L 726 790 Q 728 815 700 815 L 300 815 Q 272 815 274 790 Z");
        brush.cord(path("M 400 300 C 400 180 600 180 600 300"), brush.deep(), 30);
        brush.round(body, brush.cloth(0.85));
        brush.dim(path("M 640 400 L 700 400 L 726 790 Q 728 815 700 815 L 664 815 Q 684 600 640 400 Z"), 0.13);
        Shape fold = path("M 292 272 L 708 272 L 704 420 Q 500 438 296 420 Z");
        brush.flat(fold, brush.cloth(0.85));
        brush.dim(path("M 297 420 Q 500 438 703 420 L 704 446 Q 500 462 296 446 Z"), 0.16);
        brush.line(path("M 292 280 L 708 280"), Tint.mixed(brush.accent(), brush.main(), 0.2), 12);
        brush.stitches(path("M 300 404 Q 500 422 700 404"), Tint.faint(Color.WHITE, 0.75), 3);
        brush.soft(rounded(462, 386, 76, 62, 10), LEATHER);
        brush.polished(disc(500, 424, 11), Tint.GOLD.color());
    }

    static void jumbo(Brush brush) {
        brush.cord(path("M 350 350 C 350 130 650 130 650 350"), Tint.mixed(brush.accent(), Brush.DARK, 0.25), 26);
        Shape side = path("M 735 340 L 820 372 L 812 800 L 752 818 Z");
        brush.flat(side, brush.deep());
        Shape body = path("M 205 340 L 740 340 L 760 818 L 225 818 Q 190 818 192 790 Z");
        brush.soft(body, brush.cloth(1.1));
        brush.dim(path("M 300 340 Q 330 560 306 818 L 290 818 Q 312 560 284 340 Z"), 0.06);
        brush.dim(path("M 620 340 Q 596 560 640 818 L 622 818 Q 580 560 604 340 Z"), 0.06);
        brush.line(path("M 205 346 L 740 346"), Tint.mixed(brush.accent(), brush.main(), 0.12), 16);
        brush.cord(path("M 340 480 L 340 346 C 345 110 600 110 605 346 L 605 480"), brush.accent(), 28);
        for (int x : new int[] {340, 605}) {
            brush.stitches(rounded(x - 20, 400, 40, 84, 4), Tint.faint(Color.WHITE, 0.8), 3);
        }
    }

    static void tote(Brush brush) {
        Shape body = path("M 250 420 C 260 380 300 372 500 380 C 700 372 740 380 750 420 C 810 600 800 760 740 800"
                + " Q 500 840 260 800 C 200 760 190 600 250 420 Z");
        brush.cord(path("M 350 400 C 330 170 670 170 650 400"), brush.deep(), 24);
        brush.round(body, brush.cloth());
        for (int fold = -3; fold <= 3; fold++) {
            double x = 500 + fold * 68;
            brush.dim(
                    path("M " + (x - 7) + " 392 Q " + (x + fold * 8) + " 470 " + (x + fold * 12) + " 540 Q "
                            + (x + 12 + fold * 6) + " 470 " + (x + 9) + " 392 Z"),
                    0.16);
        }
        brush.round(
                path("M 246 372 Q 500 336 754 372 L 760 430 Q 500 396 240 430 Z"),
                brush.inAccent().main());
        brush.stitches(path("M 250 420 Q 500 386 750 420"), Tint.faint(brush.main(), 0.8), 3);
        bow(brush.inAccent().moved(500, 405, 0.8, 0));
    }

    static void picnicBag(Brush brush) {
        brush.cord(path("M 330 420 C 330 180 670 180 670 420"), LEATHER, 28);
        Shape body = rounded(190, 400, 620, 415, 60);
        brush.round(body, brush.cloth(1.1));
        brush.flat(
                path("M 190 470 Q 190 400 250 400 L 750 400 Q 810 400 810 470 L 810 520 Q 500 560 190 520 Z"),
                brush.cloth(1.1));
        brush.line(path("M 190 520 Q 500 560 810 520"), brush.accent(), 12);
        for (int x : new int[] {330, 670}) {
            brush.soft(rounded(x - 26, 400, 52, 200, 12), LEATHER);
            brush.polished(rounded(x - 18, 556, 36, 28, 6), Tint.GOLD.color());
        }
        brush.dim(box(230, 808, 540, 7), 0.2);
    }

    static void lunchBox(Brush brush) {
        brush.cord(path("M 410 380 C 410 250 590 250 590 380"), brush.inAccent().main(), 30);
        brush.round(rounded(190, 370, 620, 440, 70), brush.main());
        brush.soft(rounded(226, 402, 548, 376, 50), brush.cloth(1.1));
        brush.line(rounded(226, 402, 548, 376, 50), Tint.faint(Color.WHITE, 0.65), 5);
        brush.polished(rounded(462, 356, 76, 74, 12), Tint.SILVER.color());
        brush.polished(rounded(478, 400, 44, 46, 8), Tint.ZINC.color());
        brush.shine(rounded(214, 440, 14, 260, 7), 0.5);
    }

    static void suitcases(Brush brush) {
        suitcase(brush, 200, 590, 600, 225);
        suitcase(brush.with(new Look(Tint.IVORY, brush.look().main(), Pattern.STRIPES)), 255, 400, 490, 190);
        suitcase(brush, 315, 248, 370, 152);
    }

    private static void suitcase(Brush brush, double x, double y, double width, double height) {
        double middle = x + width / 2;
        brush.round(rounded(x, y, width, height, 26), brush.cloth(0.8));
        brush.line(
                path("M " + x + " " + (y + height * 0.42) + " L " + (x + width) + " " + (y + height * 0.42)),
                Tint.faint(Brush.DARK, 0.35),
                4);
        for (double corner : new double[] {x, x + width - 54}) {
            brush.fill(common(rounded(x, y, width, height, 26), box(corner, y, 54, height)), Tint.faint(LEATHER, 0.9));
        }
        for (double strap : new double[] {x + width * 0.26, x + width * 0.70}) {
            brush.soft(box(strap, y, 26, height), LEATHER);
            brush.polished(rounded(strap - 5, y + height * 0.42 - 16, 36, 32, 5), Tint.GOLD.color());
        }
        brush.cord(
                path("M " + (middle - 40) + " " + (y + height * 0.5) + " Q " + middle + " " + (y + height * 0.78) + " "
                        + (middle + 40) + " " + (y + height * 0.5)),
                LEATHER,
                16);
    }

    static void basket(Brush brush) {
        Color wicker = Tint.NATURAL.color();
        brush.cord(path("M 230 520 C 230 170 770 170 770 520"), Tint.mixed(wicker, Tint.CHOCOLATE.color(), 0.2), 34);
        brush.fill(path("M 236 500 C 320 400 680 400 764 500 Z"), Tint.IVORY.color());
        brush.soft(
                path(
                        "M 220 505 C 300 420 420 470 500 424 C 600 470 700 420 782 505 C 700 560 620 540 560 640 C 540 560 330 590 220 505 Z"),
                brush.with(new Look(Tint.WHITE, brush.look().accent(), Pattern.GINGHAM))
                        .cloth(0.9));
        Shape body = path("M 205 512 L 795 512 L 748 790 Q 744 815 716 815 L 284 815 Q 256 815 252 790 Z");
        brush.round(body, wicker);
        weave(brush, body, wicker);
        brush.cord(path("M 202 514 L 798 514"), wicker, 34);
        brush.soft(
                path("M 420 500 L 640 500 L 540 660 Z"),
                brush.with(new Look(Tint.WHITE, brush.look().accent(), Pattern.GINGHAM))
                        .cloth(0.9));
    }

    /** Wickerwork over a shape. */
    static void weave(Brush brush, Shape body, Color wicker) {
        Color dark = Tint.mixed(wicker, Tint.CHOCOLATE.color(), 0.42);
        Color light = Tint.mixed(wicker, Color.WHITE, 0.34);
        Rectangle2D bounds = body.getBounds2D();
        int row = 0;
        for (double y = bounds.getMinY() + 12; y < bounds.getMaxY(); y += 26) {
            for (double x = bounds.getMinX() + (row % 2) * 26; x < bounds.getMaxX(); x += 52) {
                brush.fill(common(rounded(x - 21, y - 9, 42, 18, 9), body), Tint.faint(light, 0.75));
                brush.fill(common(rounded(x - 21, y + 6, 42, 5, 2), body), Tint.faint(dark, 0.40));
                brush.fill(common(oval(x + 26, y, 3.4, 12), body), Tint.faint(dark, 0.36));
            }
            row++;
        }
    }

    /** A bow around the origin. */
    static void bow(Brush brush) {
        brush.flat(path("M -10 0 L -86 116 L -52 112 L -38 142 L 14 8 Z"), brush.deep());
        brush.flat(path("M 10 0 L 86 116 L 52 112 L 38 142 L -14 8 Z"), brush.deep());
        brush.soft(path("M 0 0 C -40 -70 -140 -76 -142 -14 C -144 48 -50 46 0 0 Z"), brush.main());
        brush.soft(path("M 0 0 C 40 -70 140 -76 142 -14 C 144 48 50 46 0 0 Z"), brush.main());
        brush.dim(path("M 0 0 C -40 -34 -90 -36 -112 -16 C -84 2 -40 14 0 0 Z"), 0.16);
        brush.dim(path("M 0 0 C 40 -34 90 -36 112 -16 C 84 2 40 14 0 0 Z"), 0.16);
        brush.soft(rounded(-24, -26, 48, 52, 18), brush.pale());
    }
}
