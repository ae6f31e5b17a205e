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

/** What hangs on a wall or tells the time. */
final class Walls {

    private static final Color PAPER = new Color(0xFC, 0xF7, 0xEB);

    private Walls() {}

    static void sign(Brush brush) {
        brush.cord(path("M 330 330 L 500 150 L 670 330"), Tint.ZINC.color(), 9);
        brush.polished(disc(500, 148, 16), Tint.ZINC.color());
        Shape plate = rounded(170, 310, 660, 400, 30);
        brush.flat(plate, brush.cloth(1.1));
        brush.line(rounded(196, 336, 608, 348, 18), brush.accent(), 7);
        Shape panel = path("M 270 420 Q 500 370 730 420 L 730 600 Q 500 650 270 600 Z");
        brush.flat(panel, PAPER);
        brush.line(panel, brush.accent(), 5);
        brush.fill(heart(500, 452, 54), Tint.mixed(brush.accent(), Tint.RED.color(), 0.55));
        brush.fill(rounded(340, 500, 320, 24, 12), Tint.faint(Brush.DARK, 0.75));
        brush.fill(rounded(390, 546, 220, 20, 10), Tint.faint(Brush.DARK, 0.55));
        for (int x : new int[] {330, 670}) {
            brush.polished(disc(x, 338, 13), Tint.SILVER.color());
        }
        brush.shine(common(plate, path("M 170 310 L 470 310 L 250 710 L 170 710 Z")), 0.10);
    }

    static void alarmClock(Brush brush) {
        for (int side : new int[] {-1, 1}) {
            brush.round(
                    thick(path("M " + (500 + side * 150) + " 690 L " + (500 + side * 205) + " 806"), 40), brush.deep());
            brush.polished(
                    placed(path("M -100 30 C -100 -90 100 -90 100 30 Z"), 500 + side * 140, 272, 1, side * 28),
                    Tint.SILVER.color());
        }
        brush.polished(rounded(482, 180, 36, 120, 12), Tint.ZINC.color());
        brush.polished(rounded(440, 172, 120, 30, 15), Tint.SILVER.color());
        brush.soft(disc(500, 530, 270), brush.cloth());
        brush.shine(without(disc(500, 530, 262), disc(514, 552, 262)), 0.35);
        face(brush, 500, 530, 205);
    }

    static void wallClock(Brush brush) {
        brush.soft(disc(500, 490, 330), brush.cloth());
        brush.shine(without(disc(500, 490, 322), disc(514, 514, 322)), 0.35);
        brush.polished(disc(500, 490, 266), Tint.SILVER.color());
        face(brush, 500, 490, 250);
    }

    private static void face(Brush brush, double x, double y, double reach) {
        brush.fill(disc(x, y, reach), PAPER);
        brush.dim(without(disc(x, y, reach), disc(x + 8, y + 12, reach)), 0.18);
        for (int hour = 0; hour < 12; hour++) {
            Shape mark = rounded(-5, -reach * 0.90, 10, hour % 3 == 0 ? reach * 0.20 : reach * 0.10, 5);
            brush.fill(placed(mark, x, y, 1, 30.0 * hour), Brush.DARK);
        }
        brush.fill(placed(rounded(-9, -reach * 0.50, 18, reach * 0.58, 9), x, y, 1, -58), Brush.DARK);
        brush.fill(placed(rounded(-6, -reach * 0.74, 12, reach * 0.84, 6), x, y, 1, 58), Brush.DARK);
        brush.fill(placed(rounded(-3, -reach * 0.78, 6, reach * 0.98, 3), x, y, 1, 190), Tint.RED.color());
        brush.fill(disc(x, y, 16), Tint.RED.color());
    }

    static void frame(Brush brush) {
        brush.soft(box(220, 170, 560, 640), brush.cloth());
        brush.dim(path("M 220 170 L 780 170 L 730 220 L 270 220 Z"), 0.03);
        brush.dim(path("M 780 170 L 780 810 L 730 760 L 730 220 Z"), 0.12);
        brush.dim(path("M 220 810 L 780 810 L 730 760 L 270 760 Z"), 0.08);
        brush.line(box(246, 196, 508, 588), Tint.faint(brush.accent(), 0.7), 4);
        brush.fill(box(280, 230, 440, 520), PAPER);
        Shape view = box(340, 290, 320, 400);
        brush.fill(view, Tint.SKY.color());
        brush.fill(disc(560, 390, 44), new Color(0xFF, 0xE9, 0xB0));
        brush.fill(
                common(view, path("M 300 560 Q 420 440 560 560 Q 640 500 760 600 L 760 760 L 300 760 Z")),
                Tint.MINT.color());
        brush.fill(common(view, path("M 300 640 Q 500 540 700 650 L 700 760 L 300 760 Z")), Tint.GREEN.color());
        brush.shine(path("M 280 230 L 480 230 L 280 560 Z"), 0.22);
    }

    static void chalkboard(Brush brush) {
        brush.cord(path("M 400 330 Q 500 120 600 330"), Tint.NATURAL.color(), 11);
        Shape slate = heart(500, 520, 600);
        brush.soft(slate, Tint.SLATE.color());
        brush.line(heart(500, 516, 548), Tint.faint(Color.WHITE, 0.22), 6);
        brush.line(
                path("M 360 450 Q 400 410 440 450 Q 480 490 520 450 Q 560 410 600 450 Q 620 470 640 455"),
                Tint.faint(Color.WHITE, 0.85),
                9);
        brush.line(path("M 400 530 L 600 530 M 430 590 L 570 590"), Tint.faint(Color.WHITE, 0.7), 8);
        brush.line(heart(500, 670, 56), Tint.faint(Tint.PINK.color(), 0.95), 8);
        for (int x : new int[] {404, 596}) {
            brush.fill(disc(x, 322, 10), Tint.faint(Color.BLACK, 0.7));
        }
    }

    static void blackboard(Brush brush) {
        brush.soft(rounded(200, 160, 600, 640, 18), brush.cloth());
        brush.line(rounded(222, 182, 556, 596, 10), Tint.faint(Brush.DARK, 0.12), 5);
        brush.flat(box(260, 220, 480, 520), Tint.SLATE.color());
        brush.dim(path("M 260 220 L 740 220 L 740 236 L 276 236 L 276 740 L 260 740 Z"), 0.3);
        brush.line(
                path("M 320 320 L 560 320 M 320 400 L 640 400 M 320 480 L 500 480 M 320 560 L 600 560"),
                Tint.faint(Color.WHITE, 0.75),
                10);
        brush.line(heart(630, 640, 90), Tint.faint(Tint.PINK.color(), 0.9), 9);
        brush.round(rounded(420, 770, 130, 20, 10), Color.WHITE);
    }

    static void hooks(Brush brush) {
        brush.soft(rounded(140, 340, 720, 170, 36), brush.cloth());
        brush.line(rounded(162, 360, 676, 130, 24), Tint.faint(brush.accent(), 0.6), 5);
        for (int hook = 0; hook < 4; hook++) {
            double x = 245 + hook * 170;
            brush.polished(disc(x, 430, 34), Tint.ZINC.color());
            brush.cord(
                    path("M " + x + " 440 L " + x + " 560 C " + x + " 650 " + (x + 84) + " 650 " + (x + 76) + " 566"),
                    Tint.ZINC.color(),
                    24);
            brush.soft(disc(x + 76, 556, 24), hook % 2 == 0 ? Tint.RED.color() : brush.accent());
        }
    }

    static void memoBoard(Brush brush) {
        Shape board = rounded(180, 190, 640, 600, 30);
        brush.soft(board, brush.cloth(1.1));
        for (int ribbon = 0; ribbon < 4; ribbon++) {
            double offset = ribbon * 240 - 300;
            brush.fill(
                    common(board, Shapes.band(path("M " + (180 + offset) + " 190 L " + (780 + offset) + " 790"), 15)),
                    Tint.faint(Tint.IVORY.color(), 0.92));
            brush.fill(
                    common(board, Shapes.band(path("M " + (820 - offset) + " 190 L " + (220 - offset) + " 790"), 15)),
                    Tint.faint(Tint.IVORY.color(), 0.92));
        }
        brush.flat(placed(box(-90, -65, 180, 130), 390, 420, 1, -7), PAPER);
        brush.flat(placed(box(-75, -95, 150, 190), 620, 570, 1, 6), Tint.SKY.color());
        brush.fill(placed(heart(0, 0, 60), 620, 570, 1, 6), PAPER);
        brush.line(
                placed(path("M -50 -14 L 50 -14 M -50 14 L 20 14"), 390, 420, 1, -7), Tint.faint(Brush.DARK, 0.5), 7);
        brush.soft(disc(390, 362, 15), Tint.RED.color());
        brush.soft(disc(620, 484, 15), Tint.RED.color());
    }

    static void bird(Brush brush) {
        brush.cord(path("M 520 60 L 520 380"), Tint.NATURAL.color(), 8);
        brush.soft(path("M 230 560 L 90 640 L 130 520 L 80 470 L 240 490 Z"), brush.deep());
        brush.soft(
                path("M 220 520 C 290 380 440 340 560 380 C 600 300 740 300 770 410 C 790 470 760 500 750 540"
                        + " C 720 690 560 760 430 720 C 320 690 250 610 220 520 Z"),
                brush.cloth());
        brush.soft(path("M 768 400 L 850 432 L 768 456 Z"), Tint.ORANGE.color());
        brush.soft(
                path("M 340 520 C 420 440 560 450 590 540 C 560 640 420 660 340 620 C 300 590 310 550 340 520 Z"),
                brush.inAccent().main());
        brush.line(path("M 380 560 Q 460 520 540 560 M 390 596 Q 460 566 520 600"), Tint.faint(brush.main(), 0.85), 8);
        brush.fill(disc(690, 400, 17), Brush.DARK);
        brush.shine(disc(684, 393, 6), 0.9);
    }

    static void wickerHeart(Brush brush) {
        brush.cord(path("M 500 90 L 500 330"), Tint.NATURAL.color(), 10);
        Color cane = brush.main();
        Color deep = Tint.mixed(cane, Tint.CHOCOLATE.color(), 0.28);
        for (int ring = 0; ring < 5; ring++) {
            brush.cord(heart(500 + (ring % 2) * 5, 510 + ring * 3, 600 - ring * 34), ring % 2 == 0 ? cane : deep, 22);
        }
        Bags.bow(brush.inAccent().moved(500, 350, 0.62, 0));
    }

    static void heartDecoration(Brush brush) {
        brush.cord(path("M 500 60 L 500 340"), Tint.NATURAL.color(), 10);
        brush.soft(heart(500, 520, 540), brush.cloth());
        brush.stitches(heart(500, 516, 484), Tint.faint(Color.WHITE, 0.85), 5);
        brush.soft(disc(500, 352, 15), Tint.WOOD.color());
        Bags.bow(brush.inAccent().moved(500, 318, 0.5, 0));
        brush.shine(placed(oval(0, 0, 34, 84), 346, 420, 1, 34), 0.28);
    }

    static void mirror(Brush brush) {
        brush.cord(path("M 500 60 L 500 240"), Tint.NATURAL.color(), 10);
        brush.soft(oval(500, 510, 270, 330), brush.cloth());
        brush.line(oval(500, 510, 246, 304), brush.accent(), 6);
        brush.fill(oval(500, 510, 206, 262), new Color(0xD9, 0xE6, 0xEA));
        brush.shine(common(oval(500, 510, 206, 262), path("M 250 520 L 600 150 L 700 220 L 330 700 Z")), 0.45);
        brush.dim(without(oval(500, 510, 206, 262), oval(508, 520, 204, 260)), 0.18);
    }
}
