package org.cartulary.app.demo.pictures;

import static org.cartulary.app.demo.pictures.Shapes.common;
import static org.cartulary.app.demo.pictures.Shapes.disc;
import static org.cartulary.app.demo.pictures.Shapes.heart;
import static org.cartulary.app.demo.pictures.Shapes.oval;
import static org.cartulary.app.demo.pictures.Shapes.path;
import static org.cartulary.app.demo.pictures.Shapes.placed;
import static org.cartulary.app.demo.pictures.Shapes.rounded;
import static org.cartulary.app.demo.pictures.Shapes.thick;

import java.awt.Color;
import java.awt.Shape;

/** What makes a house warm and tidy. */
final class Homes {

    private static final Color PAPER = new Color(0xFB, 0xF5, 0xE6);

    private Homes() {}

    static void doormat(Brush brush) {
        Shape mat = path("M 190 420 L 810 420 L 880 770 L 120 770 Z");
        brush.fill(path("M 120 770 L 880 770 L 880 796 L 120 796 Z"), Tint.mixed(brush.main(), Brush.DARK, 0.45));
        brush.flat(mat, brush.cloth(1.15));
        brush.line(path("M 222 446 L 778 446 L 834 744 L 166 744 Z"), Tint.faint(brush.accent(), 0.9), 14);
        for (int bristle = 0; bristle < 62; bristle++) {
            double x = 122 + bristle * 12.3;
            brush.line(path("M " + x + " 772 L " + (x - 2) + " 806"), Tint.mixed(brush.main(), Brush.DARK, 0.34), 5);
        }
        brush.flat(path("M 330 540 Q 500 500 670 540 L 684 650 Q 500 690 316 650 Z"), PAPER);
        brush.fill(rounded(380, 572, 240, 20, 10), Tint.faint(Brush.DARK, 0.75));
        brush.fill(rounded(420, 610, 160, 18, 9), Tint.faint(Brush.DARK, 0.55));
    }

    static void cushion(Brush brush) {
        Shape body = path(
                "M 190 250 Q 500 310 810 250 Q 840 240 836 280 Q 780 530 836 780 Q 840 820 800 812 Q 500 750 200 812"
                        + " Q 160 820 164 780 Q 220 530 164 280 Q 160 240 190 250 Z");
        brush.soft(body, brush.cloth(1.15));
        brush.line(body, brush.accent(), 9);
        brush.dim(path("M 200 800 Q 330 700 500 752 Q 330 760 200 800 Z"), 0.12);
        brush.dim(path("M 820 270 Q 720 420 780 530 Q 770 400 820 270 Z"), 0.12);
        brush.shine(path("M 240 300 Q 420 330 500 316 Q 360 380 270 480 Q 260 380 240 300 Z"), 0.2);
        brush.soft(disc(500, 530, 22), brush.accent());
    }

    static void doorstop(Brush brush) {
        brush.cord(path("M 420 330 C 430 180 570 180 580 330"), brush.inAccent().main(), 28);
        brush.soft(heart(500, 560, 560), brush.cloth());
        brush.stitches(heart(500, 556, 506), Tint.faint(Color.WHITE, 0.8), 5);
        brush.soft(heart(500, 570, 170), PAPER);
        brush.shine(placed(oval(0, 0, 36, 88), 340, 450, 1, 34), 0.28);
    }

    static void hotWaterBottle(Brush brush) {
        brush.round(rounded(436, 150, 128, 84, 26), Tint.mixed(brush.main(), Brush.DARK, 0.35));
        Shape body = path(
                "M 430 220 L 570 220 L 570 280 C 720 290 740 360 736 440 L 736 740 C 736 806 700 824 640 824 L 360 824"
                        + " C 300 824 264 806 264 740 L 264 440 C 260 360 280 290 430 280 Z");
        brush.soft(body, brush.cloth());
        brush.stitches(placed(body, 25, 30, 0.95, 0), Tint.faint(Color.WHITE, 0.55), 4);
        brush.round(rounded(404, 236, 192, 66, 26), brush.inAccent().main());
        for (int rib = 0; rib < 9; rib++) {
            brush.line(
                    path("M " + (420 + rib * 20) + " 244 L " + (420 + rib * 20) + " 296"),
                    Tint.faint(Brush.DARK, 0.18),
                    5);
        }
        brush.soft(heart(500, 560, 180), Tint.mixed(brush.accent(), Color.WHITE, 0.12));
        brush.stitches(heart(500, 558, 158), Tint.faint(brush.main(), 0.9), 4);
    }

    static void handWarmer(Brush brush) {
        brush.soft(placed(heart(0, 0, 400), 380, 480, 1, -14), brush.deep());
        brush.soft(placed(heart(0, 0, 440), 580, 590, 1, 10), brush.cloth(0.9));
        brush.stitches(placed(heart(0, -2, 396), 580, 590, 1, 10), Tint.faint(Color.WHITE, 0.8), 4.5);
        brush.soft(placed(heart(0, 0, 130), 584, 600, 1, 10), brush.inAccent().main());
    }

    static void umbrella(Brush brush) {
        brush.cord(path("M 500 420 L 500 760 C 500 850 610 850 612 770"), Tint.WOOD.color(), 24);
        Shape canopy =
                path("M 110 480 C 140 190 400 150 500 150 C 600 150 860 190 890 480 Q 830 430 760 480 Q 700 420 630 480"
                        + " Q 560 430 500 480 Q 440 430 370 480 Q 300 420 240 480 Q 170 430 110 480 Z");
        brush.round(canopy, brush.cloth(1.05));
        for (int x : new int[] {240, 370, 630, 760}) {
            brush.line(
                    path("M 500 152 Q " + (x + (500 - x) / 4) + " 240 " + x + " 478"), Tint.faint(Brush.DARK, 0.22), 4);
        }
        brush.dim(common(canopy, path("M 500 150 Q 800 240 780 480 L 890 480 C 860 190 600 150 500 150 Z")), 0.10);
        brush.round(rounded(488, 100, 24, 60, 12), Tint.WOOD.color());
    }

    static void parasol(Brush brush) {
        brush.cord(path("M 500 300 L 500 815"), Tint.WOOD.color(), 20);
        Shape canopy = path(
                "M 90 470 C 260 200 420 170 500 160 C 580 170 740 200 910 470 Q 700 410 500 440 Q 300 410 90 470 Z");
        brush.round(canopy, brush.cloth());
        for (int x : new int[] {90, 250, 400, 600, 750, 910}) {
            brush.line(
                    path("M 500 162 Q " + (x + (500 - x) / 3) + " 280 " + x + " "
                            + (470 - (910 - 90 - Math.abs(x - 500) * 2) * 0.04)),
                    Tint.faint(Brush.DARK, 0.25),
                    3.4);
        }
        for (int loop = 0; loop < 20; loop++) {
            double x = 110 + loop * 41;
            brush.soft(disc(x, 470 - 44 * Math.sin(Math.PI * (x - 90) / 820), 20), brush.pale());
        }
        brush.round(rounded(490, 110, 20, 56, 10), Tint.WOOD.color());
    }

    static void cabinet(Brush brush) {
        for (int x : new int[] {240, 720}) {
            brush.round(rounded(x, 780, 44, 36, 8), brush.deep());
        }
        brush.round(rounded(200, 250, 600, 545, 20), brush.cloth());
        brush.round(rounded(180, 226, 640, 42, 12), brush.main());
        for (int drawer = 0; drawer < 3; drawer++) {
            double y = 290 + drawer * 166;
            Shape front = rounded(232, y, 536, 144, 10);
            brush.flat(front, Tint.mixed(brush.main(), Color.WHITE, 0.25));
            brush.line(front, Tint.faint(Brush.DARK, 0.20), 4);
            brush.line(rounded(252, y + 18, 496, 108, 6), Tint.faint(Brush.DARK, 0.10), 4);
            brush.soft(heart(500, y + 72, 62), brush.accent());
        }
        brush.line(path("M 216 300 L 216 770"), Tint.faint(Color.WHITE, 0.5), 6);
    }

    static void knob(Brush brush) {
        brush.polished(disc(500, 490, 316), Tint.GOLD.color());
        brush.soft(disc(500, 490, 290), brush.cloth(1.3));
        brush.dim(thick(disc(500, 490, 268), 5), 0.10);
        brush.shine(path("M 290 440 C 320 320 420 250 500 240 C 420 300 360 360 340 460 Z"), 0.5);
        brush.polished(disc(500, 490, 26), Tint.GOLD.color());
        brush.dim(rounded(482, 486, 36, 7, 3), 0.5);
    }

    static void trinketBox(Brush brush) {
        brush.round(
                path("M 250 560 L 264 760 Q 270 815 330 815 L 670 815 Q 730 815 736 760 L 750 560 Z"),
                brush.cloth(0.9));
        brush.round(path("M 226 560 C 240 340 760 340 774 560 Q 500 620 226 560 Z"), brush.cloth(0.9));
        brush.line(path("M 226 560 Q 500 620 774 560"), Tint.GOLD.color(), 10);
        brush.soft(heart(500, 360, 120), brush.inAccent().main());
        brush.shine(path("M 280 520 C 300 450 360 420 410 414 C 350 450 330 480 322 530 Z"), 0.45);
    }

    static void piggyBank(Brush brush) {
        for (int x : new int[] {330, 430, 590, 680}) {
            brush.round(rounded(x - 38, 680, 76, 130, 26), brush.deep());
        }
        brush.soft(thick(path("M 800 520 C 860 500 850 430 812 440 C 790 450 800 490 840 480"), 16), brush.main());
        brush.soft(oval(510, 540, 310, 220), brush.cloth());
        brush.soft(path("M 300 380 L 330 240 L 440 340 Z"), brush.main());
        brush.soft(oval(226, 560, 74, 86), brush.pale());
        brush.fill(oval(206, 552, 12, 20), Tint.faint(Brush.DARK, 0.55));
        brush.fill(oval(248, 552, 12, 20), Tint.faint(Brush.DARK, 0.55));
        brush.fill(disc(336, 462, 18), Brush.DARK);
        brush.shine(disc(330, 455, 6), 0.9);
        brush.fill(rounded(450, 330, 150, 18, 9), Tint.faint(Brush.DARK, 0.65));
        brush.polished(disc(525, 268, 52), Tint.GOLD.color());
        brush.shine(oval(420, 410, 70, 30), 0.35);
    }

    static void nestingDoll(Brush brush) {
        Shape body =
                path("M 500 160 C 620 160 660 250 640 330 C 630 380 700 430 712 560 C 722 690 690 815 620 815 L 380 815"
                        + " C 310 815 278 690 288 560 C 300 430 370 380 360 330 C 340 250 380 160 500 160 Z");
        brush.round(body, brush.main());
        brush.round(common(body, path("M 200 500 Q 500 420 800 500 L 800 900 L 200 900 Z")), brush.cloth(0.8));
        brush.fill(oval(500, 290, 96, 100), new Color(0xFB, 0xE3, 0xCF));
        brush.fill(
                path("M 404 290 C 400 190 600 190 596 290 Q 560 230 500 232 Q 440 230 404 290 Z"),
                Tint.CHOCOLATE.color());
        for (int side : new int[] {-1, 1}) {
            brush.fill(disc(500 + side * 36, 296, 9), Brush.DARK);
            brush.fill(disc(500 + side * 56, 330, 18), Tint.faint(Tint.PINK.color(), 0.75));
        }
        brush.line(path("M 478 348 Q 500 366 522 348"), Tint.RED.color(), 7);
        Bags.bow(brush.inAccent().moved(500, 425, 0.55, 0));
    }
}
