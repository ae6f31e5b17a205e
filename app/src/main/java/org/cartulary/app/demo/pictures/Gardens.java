package org.cartulary.app.demo.pictures;

import static org.cartulary.app.demo.pictures.Shapes.disc;
import static org.cartulary.app.demo.pictures.Shapes.heart;
import static org.cartulary.app.demo.pictures.Shapes.oval;
import static org.cartulary.app.demo.pictures.Shapes.path;
import static org.cartulary.app.demo.pictures.Shapes.placed;
import static org.cartulary.app.demo.pictures.Shapes.rounded;
import static org.cartulary.app.demo.pictures.Shapes.thick;

import java.awt.Color;

/** What is used out of doors. */
final class Gardens {

    private static final Color PAPER = new Color(0xFB, 0xF5, 0xE6);

    private Gardens() {}

    static void wateringCan(Brush brush) {
        brush.soft(thick(path("M 660 470 C 860 400 860 740 670 730"), 34), brush.deep());
        brush.round(
                path("M 350 690 L 170 430 L 130 452 L 110 400 L 210 352 L 232 400 L 200 416 L 390 560 Z"),
                brush.main());
        brush.polished(placed(oval(0, 0, 76, 26), 150, 380, 1, -26), Tint.mixed(brush.main(), Color.WHITE, 0.3));
        brush.round(
                path("M 330 440 L 300 770 Q 300 815 350 815 L 680 815 Q 730 815 726 770 L 696 440 Z"), brush.cloth());
        brush.round(oval(513, 440, 184, 40), brush.pale());
        brush.dim(oval(513, 446, 164, 30), 0.35);
        brush.cord(path("M 380 440 C 380 240 650 240 650 440"), brush.deep(), 28);
        brush.line(path("M 322 520 Q 513 560 704 520"), Tint.faint(Color.WHITE, 0.45), 7);
        brush.shine(rounded(352, 560, 22, 190, 11), 0.4);
    }

    static void plantPot(Brush brush) {
        for (int leaf = 0; leaf < 9; leaf++) {
            double turn = -64 + leaf * 16;
            brush.soft(
                    placed(
                            path("M 0 0 C -50 -90 -40 -220 0 -300 C 40 -220 50 -90 0 0 Z"),
                            500,
                            500,
                            1 - Math.abs(turn) * 0.004,
                            turn),
                    leaf % 2 == 0 ? Tint.GREEN.color() : Tint.mixed(Tint.GREEN.color(), Brush.DARK, 0.18));
        }
        for (double[] bloom : new double[][] {{380, 300}, {510, 220}, {630, 310}}) {
            for (int petal = 0; petal < 6; petal++) {
                brush.soft(placed(oval(0, -34, 20, 30), bloom[0], bloom[1], 1, 60.0 * petal), brush.accent());
            }
            brush.soft(disc(bloom[0], bloom[1], 20), Tint.YELLOW.color());
        }
        brush.round(
                path("M 320 540 L 366 790 Q 372 815 400 815 L 600 815 Q 628 815 634 790 L 680 540 Z"), brush.cloth());
        brush.round(rounded(296, 480, 408, 84, 18), brush.main());
    }

    static void kneelingPad(Brush brush) {
        brush.cord(path("M 400 340 C 410 200 590 200 600 340"), brush.deep(), 36);
        brush.fill(rounded(158, 340, 700, 390, 70), brush.deep());
        brush.soft(rounded(144, 324, 700, 390, 70), brush.cloth(1.1));
        brush.line(rounded(170, 350, 648, 338, 52), Tint.faint(Color.WHITE, 0.7), 6);
        brush.flat(rounded(300, 430, 390, 180, 90), PAPER);
        brush.fill(rounded(390, 484, 210, 22, 11), Tint.faint(Brush.DARK, 0.7));
        brush.fill(rounded(430, 530, 130, 20, 10), Tint.faint(Brush.DARK, 0.5));
    }

    static void birdcage(Brush brush) {
        brush.cord(disc(500, 130, 34), brush.main(), 13);
        for (int leaf = 0; leaf < 7; leaf++) {
            double turn = -75 + leaf * 25;
            brush.soft(
                    placed(path("M 0 0 C -40 -60 -30 -150 0 -200 C 30 -150 40 -60 0 0 Z"), 500, 690, 1, turn),
                    Tint.GREEN.color());
        }
        brush.soft(disc(460, 540, 40), brush.accent());
        brush.soft(disc(560, 570, 34), brush.accent());
        brush.round(path("M 400 640 L 420 745 L 580 745 L 600 640 Z"), new Color(0xC4, 0x7A, 0x55));
        for (int bar = -4; bar <= 4; bar++) {
            double x = 500 + bar * 58;
            brush.cord(
                    path("M 500 170 C " + (500 + bar * 56) + " 200 " + x + " 300 " + x + " 400 L " + x + " 760"),
                    brush.main(),
                    9);
        }
        for (int y : new int[] {400, 600}) {
            brush.cord(path("M 268 " + y + " Q 500 " + (y + 46) + " 732 " + y), brush.main(), 12);
        }
        brush.round(rounded(240, 750, 520, 62, 20), brush.main());
    }

    static void ladder(Brush brush) {
        for (int step = 0; step < 3; step++) {
            double y = 350 + step * 190;
            double reach = 170 + step * 62;
            pot(brush.moved(500 - reach * 0.45, y, 0.8, 0));
            pot(brush.moved(500 + reach * 0.45, y, 0.8, 0));
            brush.soft(rounded(500 - reach, y, 2 * reach, 30, 8), brush.main());
            brush.dim(rounded(500 - reach, y + 30, 2 * reach, 8, 2), 0.2);
        }
        for (int side : new int[] {-1, 1}) {
            brush.flat(
                    path("M " + (500 + side * 112) + " 190 L " + (500 + side * 146) + " 190 L " + (500 + side * 340)
                            + " 815 L " + (500 + side * 300) + " 815 Z"),
                    brush.main());
        }
    }

    private static void pot(Brush brush) {
        for (int leaf = -2; leaf <= 2; leaf++) {
            brush.soft(
                    placed(path("M 0 0 C -22 -30 -20 -80 0 -110 C 20 -80 22 -30 0 0 Z"), 0, -70, 1, leaf * 30),
                    Tint.GREEN.color());
        }
        brush.round(path("M -56 -84 L -40 0 L 40 0 L 56 -84 Z"), new Color(0xC4, 0x7A, 0x55));
        brush.round(rounded(-64, -100, 128, 30, 8), new Color(0xCF, 0x88, 0x62));
    }

    static void birdHouse(Brush brush) {
        brush.cord(path("M 500 60 L 500 220"), Tint.NATURAL.color(), 10);
        brush.soft(
                path("M 310 400 L 690 400 L 690 770 Q 690 800 660 800 L 340 800 Q 310 800 310 770 Z"), brush.cloth());
        brush.soft(path("M 310 410 L 500 250 L 690 410 Z"), brush.main());
        brush.soft(path("M 500 196 L 770 420 L 730 466 L 500 274 L 270 466 L 230 420 Z"), brush.accent());
        brush.fill(disc(500, 520, 72), Tint.mixed(brush.main(), Brush.DARK, 0.7));
        brush.line(disc(500, 520, 72), brush.accent(), 10);
        brush.round(rounded(484, 640, 32, 60, 12), Tint.WOOD.color());
        brush.fill(heart(500, 350, 56), brush.accent());
    }

    static void keyFob(Brush brush) {
        brush.cord(disc(500, 240, 84), Tint.SILVER.color(), 20);
        brush.cord(path("M 500 324 L 500 400"), Tint.SILVER.color(), 14);
        brush.soft(rounded(380, 390, 240, 400, 40), brush.cloth(0.8));
        brush.polished(disc(500, 440, 24), Tint.SILVER.color());
        brush.flat(rounded(414, 520, 172, 190, 20), PAPER);
        brush.fill(heart(500, 584, 70), brush.main());
        brush.fill(rounded(446, 652, 108, 16, 8), Tint.faint(Brush.DARK, 0.55));
    }
}
