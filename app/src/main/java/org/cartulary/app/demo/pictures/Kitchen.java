package org.cartulary.app.demo.pictures;

import static org.cartulary.app.demo.pictures.Shapes.box;
import static org.cartulary.app.demo.pictures.Shapes.common;
import static org.cartulary.app.demo.pictures.Shapes.disc;
import static org.cartulary.app.demo.pictures.Shapes.heart;
import static org.cartulary.app.demo.pictures.Shapes.oval;
import static org.cartulary.app.demo.pictures.Shapes.path;
import static org.cartulary.app.demo.pictures.Shapes.placed;
import static org.cartulary.app.demo.pictures.Shapes.rounded;
import static org.cartulary.app.demo.pictures.Shapes.thick;
import static org.cartulary.app.demo.pictures.Shapes.without;

import java.awt.Color;
import java.awt.Shape;

/** What one bakes, weighs and washes up with. */
final class Kitchen {

    private static final Color PAPER = new Color(0xFB, 0xF6, 0xEA);

    private Kitchen() {}

    static void cakeCases(Brush brush) {
        caseStack(brush, 320, 640, 8);
        caseStack(brush.inAccent(), 680, 640, 6);
        caseStack(brush, 500, 680, 3);
        Tableware.cupcake(brush.inAccent().moved(500, 672, 2.6, 0));
    }

    private static void caseStack(Brush brush, double x, double y, int cases) {
        for (int one = 0; one < cases; one++) {
            double top = y - one * 15;
            Shape body = path("M " + (x - 120) + " " + top + " L " + (x - 82) + " " + (top + 120) + " Q " + x + " "
                    + (top + 146) + " " + (x + 82) + " " + (top + 120) + " L " + (x + 120) + " " + top + " Z");
            brush.round(body, brush.cloth(0.6));
            for (int fold = -6; fold <= 6; fold++) {
                brush.dim(
                        path("M " + (x + fold * 18 - 4) + " " + top + " L " + (x + fold * 12.6) + " " + (top + 132)
                                + " L " + (x + fold * 18 + 4) + " " + top + " Z"),
                        0.14);
            }
        }
        double top = y - (cases - 1) * 15;
        brush.flat(oval(x, top, 120, 26), brush.pale());
        brush.fill(oval(x, top + 4, 104, 19), Tint.mixed(brush.main(), Brush.DARK, 0.16));
    }

    static void cakeTins(Brush brush) {
        tin(brush, 500, 590, 300, 220);
        tin(brush.inAccent(), 500, 400, 240, 190);
        tin(brush, 500, 238, 180, 160);
    }

    static void roundTin(Brush brush) {
        tin(brush, 500, 400, 290, 410);
        brush.soft(rounded(390, 560, 220, 130, 65), PAPER);
        brush.fill(heart(500, 628, 70), Tint.mixed(brush.accent(), Tint.RED.color(), 0.5));
    }

    private static void tin(Brush brush, double x, double top, double reach, double height) {
        Shape body = path("M " + (x - reach) + " " + top + " L " + (x - reach) + " " + (top + height - 26) + " Q " + x
                + " " + (top + height + 26) + " " + (x + reach) + " " + (top + height - 26) + " L " + (x + reach) + " "
                + top + " Z");
        brush.round(body, brush.cloth(0.8));
        Shape lid = path("M " + (x - reach - 8) + " " + top + " L " + (x - reach - 8) + " " + (top + 46) + " Q " + x
                + " " + (top + 98) + " " + (x + reach + 8) + " " + (top + 46) + " L " + (x + reach + 8) + " " + top
                + " Z");
        brush.round(lid, brush.inAccent().main());
        brush.soft(oval(x, top, reach + 8, 42), Tint.mixed(brush.accent(), Color.WHITE, 0.3));
        brush.line(oval(x, top, reach - 18, 32), Tint.faint(brush.main(), 0.55), 4);
    }

    static void canisters(Brush brush) {
        canister(brush, 250, 420, 120);
        canister(brush, 750, 420, 120);
        canister(brush, 500, 360, 135);
    }

    private static void canister(Brush brush, double x, double top, double reach) {
        Shape body = rounded(x - reach, top, reach * 2, 812 - top, 24);
        brush.round(body, brush.cloth(0.8));
        brush.round(
                rounded(x - reach - 8, top - 26, reach * 2 + 16, 66, 16),
                brush.inAccent().main());
        brush.polished(disc(x, top - 40, 20), Tint.SILVER.color());
        brush.soft(rounded(x - reach * 0.66, top + 170, reach * 1.32, 110, 14), PAPER);
        brush.line(
                path("M " + (x - 46) + " " + (top + 212) + " L " + (x + 46) + " " + (top + 212) + " M " + (x - 28) + " "
                        + (top + 242) + " L " + (x + 28) + " " + (top + 242)),
                Tint.faint(Brush.DARK, 0.55),
                7);
    }

    static void scales(Brush brush) {
        brush.polished(
                path("M 240 300 L 760 300 C 730 400 620 412 560 414 L 440 414 C 380 412 270 400 240 300 Z"),
                Tint.SILVER.color());
        brush.polished(oval(500, 300, 262, 34), Tint.SILVER.color());
        brush.dim(oval(500, 304, 240, 24), 0.16);
        brush.polished(box(470, 412, 60, 50), Tint.ZINC.color());
        brush.round(
                path(
                        "M 330 460 L 670 460 Q 700 460 706 490 L 760 780 Q 764 812 730 812 L 270 812 Q 236 812 240 780 L 294 490 Q 300 460 330 460 Z"),
                brush.cloth());
        dial(brush, 500, 640, 128, Tint.RED.color());
    }

    private static void dial(Brush brush, double x, double y, double reach, Color hand) {
        brush.polished(disc(x, y, reach + 14), Tint.SILVER.color());
        brush.fill(disc(x, y, reach), PAPER);
        for (int mark = 0; mark < 24; mark++) {
            double angle = Math.toRadians(15 * mark);
            double from = mark % 3 == 0 ? 0.78 : 0.86;
            brush.line(
                    path("M " + (x + reach * from * Math.cos(angle)) + " " + (y + reach * from * Math.sin(angle))
                            + " L " + (x + reach * 0.93 * Math.cos(angle)) + " "
                            + (y + reach * 0.93 * Math.sin(angle))),
                    Brush.DARK,
                    mark % 3 == 0 ? 5 : 2.4);
        }
        brush.line(path("M " + x + " " + (y + 20) + " L " + (x + reach * 0.30) + " " + (y - reach * 0.66)), hand, 8);
        brush.fill(disc(x, y, 13), hand);
        brush.shine(without(disc(x, y, reach), disc(x + 26, y + 30, reach)), 0.5);
    }

    static void cutters(Brush brush) {
        Look metal = new Look(Tint.SILVER, Tint.ZINC, Pattern.PLAIN);
        cutter(brush.with(metal), heart(350, 500, 270));
        cutter(brush.with(metal), heart(660, 560, 230));
        cutter(brush.with(metal), heart(520, 740, 150));
    }

    private static void cutter(Brush brush, Shape outline) {
        brush.fill(placed(thick(outline, 22), 10, 16, 1, 0), Tint.mixed(Tint.ZINC.color(), Brush.DARK, 0.25));
        brush.fill(placed(thick(outline, 22), 5, 8, 1, 0), Tint.ZINC.color());
        brush.polished(thick(outline, 20), Tint.SILVER.color());
        brush.line(outline, Tint.faint(Color.WHITE, 0.7), 4);
    }

    static void gingerbread(Brush brush) {
        Shape man = path(
                "M 500 190 C 600 190 630 290 580 350 C 640 360 740 380 780 400 C 830 430 800 510 740 500 L 620 490"
                        + " C 620 590 660 690 690 740 C 710 800 630 830 590 790 L 500 660 L 410 790 C 370 830 290 800 310 740"
                        + " C 340 690 380 590 380 490 L 260 500 C 200 510 170 430 220 400 C 260 380 360 360 420 350 C 370 290 400 190 500 190 Z");
        brush.soft(man, new Color(0xC2, 0x84, 0x50));
        brush.line(placed(man, 30, 32, 0.94, 0), Tint.faint(Color.WHITE, 0.75), 6);
        for (int side : new int[] {-1, 1}) {
            brush.fill(disc(500 + side * 30, 268, 11), Brush.DARK);
        }
        brush.line(path("M 466 306 Q 500 336 534 306"), PAPER, 8);
        for (int y : new int[] {420, 490, 560}) {
            brush.soft(disc(500, y, 20), Tint.RED.color());
        }
    }

    static void spoons(Brush brush) {
        for (int spoon = 0; spoon < 4; spoon++) {
            Brush one = brush.moved(330 + spoon * 115, 250 + spoon * 26, 1 - spoon * 0.10, -8 + spoon * 5);
            one.polished(rounded(-16, 0, 32, 330, 14), Tint.SILVER.color());
            one.polished(heart(0, 400, 170), Tint.SILVER.color());
            one.dim(heart(4, 404, 126), 0.14);
            one.shine(oval(-34, 376, 16, 24), 0.6);
            one.fill(disc(0, 22, 8), Brush.DARK);
        }
        brush.cord(path("M 300 232 Q 500 170 690 330"), brush.main(), 12);
    }

    static void cutlery(Brush brush) {
        brush.polished(
                path(
                        "M 262 210 L 282 210 L 282 330 L 302 330 L 302 210 L 322 210 L 322 330 L 342 330 L 342 210 L 362 210"
                                + " L 362 360 Q 360 420 330 430 L 330 500 L 294 500 L 294 430 Q 264 420 262 360 Z"),
                Tint.SILVER.color());
        brush.round(rounded(282, 490, 60, 322, 26), brush.cloth(0.7));
        brush.polished(path("M 470 490 L 470 250 Q 480 200 530 200 L 530 490 Z"), Tint.SILVER.color());
        brush.round(rounded(470, 490, 60, 322, 26), brush.cloth(0.7));
        brush.polished(oval(690, 300, 66, 96), Tint.SILVER.color());
        brush.dim(oval(694, 304, 46, 72), 0.13);
        brush.polished(rounded(676, 388, 28, 110, 8), Tint.SILVER.color());
        brush.round(rounded(660, 490, 60, 322, 26), brush.cloth(0.7));
    }

    static void breadBin(Brush brush) {
        brush.round(
                path(
                        "M 170 470 Q 170 380 270 380 L 730 380 Q 830 380 830 470 L 830 780 Q 830 815 795 815 L 205 815 Q 170 815 170 780 Z"),
                brush.cloth());
        brush.round(path("M 160 470 Q 160 350 280 340 L 720 340 Q 840 350 840 470 Z"), brush.main());
        brush.line(path("M 160 472 L 840 472"), Tint.mixed(brush.accent(), Brush.DARK, 0.1), 12);
        brush.polished(rounded(440, 300, 120, 46, 22), Tint.ZINC.color());
        for (int bar = 0; bar < 3; bar++) {
            brush.fill(rounded(360 + bar * 20, 590 + bar * 44, 280 - bar * 40, 18, 9), Tint.faint(Brush.DARK, 0.6));
        }
        brush.shine(rounded(214, 520, 20, 220, 10), 0.35);
    }

    static void recipeBox(Brush brush) {
        for (int card = 0; card < 4; card++) {
            brush.flat(rounded(290 + card * 14, 300 + card * 26, 420, 300, 10), card % 2 == 0 ? PAPER : brush.pale());
        }
        brush.flat(rounded(342, 380, 120, 44, 10), brush.accent());
        brush.round(rounded(220, 470, 560, 345, 24), brush.cloth());
        brush.soft(rounded(370, 570, 260, 140, 14), PAPER);
        brush.line(path("M 410 620 L 590 620 M 440 660 L 560 660"), Tint.faint(Brush.DARK, 0.55), 8);
        brush.shine(rounded(246, 500, 14, 250, 7), 0.4);
    }

    static void glove(Brush brush) {
        Shape hand = path(
                "M 350 800 L 330 420 C 320 240 400 180 480 180 C 580 180 640 260 640 400 L 640 450 C 680 400 740 380 780 420"
                        + " C 820 470 760 560 640 640 L 636 800 Z");
        brush.soft(hand, brush.cloth());
        brush.stitches(placed(hand, 24, 26, 0.95, 0), Tint.faint(Color.WHITE, 0.7), 3.5);
        brush.soft(rounded(328, 740, 330, 80, 20), brush.inAccent().main());
        brush.cord(path("M 648 770 C 720 750 720 830 650 806"), brush.inAccent().main(), 14);
    }

    static void towel(Brush brush) {
        brush.round(rounded(180, 170, 640, 30, 15), Tint.WOOD.color());
        Shape cloth = path("M 270 180 L 730 180 L 736 780 Q 620 806 500 786 Q 390 806 264 784 Z");
        brush.flat(cloth, brush.cloth(1.1));
        for (int fold = 0; fold < 3; fold++) {
            double x = 350 + fold * 140;
            brush.dim(
                    path("M " + x + " 190 Q " + (x + 24) + " 480 " + (x - 6) + " 792 L " + (x + 22) + " 792 Q "
                            + (x + 44) + " 480 " + (x + 16) + " 190 Z"),
                    0.08);
        }
        brush.fill(common(cloth, box(200, 700, 600, 22)), brush.accent());
        brush.fill(common(cloth, box(200, 732, 600, 8)), brush.accent());
    }

    static void apron(Brush brush) {
        brush.cord(path("M 400 260 C 380 90 620 90 600 260"), brush.inAccent().main(), 22);
        brush.cord(
                path("M 300 500 Q 180 530 140 660 M 700 500 Q 820 530 860 660"),
                brush.inAccent().main(),
                18);
        Shape body = path(
                "M 390 240 L 610 240 C 612 350 640 440 720 470 L 740 800 Q 500 850 260 800 L 280 470 C 360 440 388 350 390 240 Z");
        brush.soft(body, brush.cloth());
        brush.line(path("M 390 246 L 610 246"), brush.accent(), 16);
        Shape pocket = path("M 370 570 L 630 570 L 620 710 Q 500 740 380 710 Z");
        brush.soft(pocket, brush.inAccent().main());
        brush.stitches(pocket, Tint.faint(brush.main(), 0.9), 3);
    }

    static void brushes(Brush brush) {
        brush.round(rounded(470, 160, 60, 400, 30), Tint.WOOD.color());
        brush.fill(disc(500, 196, 12), Tint.faint(Brush.DARK, 0.5));
        brush.round(rounded(330, 540, 340, 100, 44), Tint.WOOD.color());
        for (int tuft = 0; tuft < 15; tuft++) {
            double x = 352 + tuft * 21;
            brush.round(
                    path("M " + x + " 640 L " + (x - 8) + " 790 L " + (x + 16) + " 790 L " + (x + 14) + " 640 Z"),
                    tuft % 3 == 1 ? brush.main() : PAPER);
        }
        brush.line(path("M 350 560 L 650 560"), brush.main(), 10);
    }

    static void napkins(Brush brush) {
        for (int sheet = 0; sheet < 7; sheet++) {
            brush.flat(
                    placed(rounded(-270, -270, 540, 540, 16), 500, 560 - sheet * 9, 0.86, 45 - sheet * 1.2),
                    sheet % 2 == 0 ? PAPER : brush.pale());
        }
        Shape top = placed(rounded(-270, -270, 540, 540, 16), 500, 500, 0.86, 38);
        brush.soft(top, brush.cloth(1.1));
        brush.line(placed(rounded(-250, -250, 500, 500, 10), 500, 500, 0.86, 38), Tint.faint(Color.WHITE, 0.8), 5);
        brush.dim(common(top, box(500, 100, 500, 900)), 0.05);
    }
}
