package org.cartulary.app.demo.pictures;

import static org.cartulary.app.demo.pictures.Shapes.common;
import static org.cartulary.app.demo.pictures.Shapes.disc;
import static org.cartulary.app.demo.pictures.Shapes.heart;
import static org.cartulary.app.demo.pictures.Shapes.oval;
import static org.cartulary.app.demo.pictures.Shapes.path;
import static org.cartulary.app.demo.pictures.Shapes.rounded;
import static org.cartulary.app.demo.pictures.Shapes.star;
import static org.cartulary.app.demo.pictures.Shapes.thick;

import java.awt.Color;
import java.awt.Shape;

/** What children play with. */
final class Play {

    private static final Color SKIN = new Color(0xFB, 0xE0, 0xCB);
    private static final Color IVORY = new Color(0xFA, 0xF3, 0xE2);

    private Play() {}

    static void doll(Brush brush) {
        for (int side : new int[] {-1, 1}) {
            brush.round(rounded(500 + side * 62 - 30, 690, 60, 100, 20), SKIN);
            brush.round(oval(500 + side * 68, 796, 50, 24), brush.deep());
            brush.soft(thick(path("M " + (500 + side * 70) + " 480 L " + (500 + side * 200) + " 570"), 52), SKIN);
            brush.soft(disc(500 + side * 165, 380, 62), Tint.CHOCOLATE.color());
        }
        brush.round(path("M 420 440 L 580 440 L 720 720 Q 500 780 280 720 Z"), brush.cloth(0.8));
        brush.line(path("M 284 716 Q 500 776 716 716"), brush.accent(), 16);
        brush.soft(disc(500, 320, 160), SKIN);
        brush.soft(
                path("M 336 330 C 330 120 670 120 664 330 C 640 250 590 230 560 220 C 520 270 400 270 336 330 Z"),
                Tint.CHOCOLATE.color());
        for (int side : new int[] {-1, 1}) {
            brush.fill(disc(500 + side * 58, 336, 14), Brush.DARK);
            brush.fill(disc(500 + side * 94, 376, 26), Tint.faint(Tint.PINK.color(), 0.75));
        }
        brush.line(path("M 464 392 Q 500 424 536 392"), Tint.RED.color(), 8);
        Bags.bow(brush.inAccent().moved(590, 190, 0.5, 16));
        Bags.bow(brush.inAccent().moved(500, 468, 0.42, 0));
    }

    static void spinningTops(Brush brush) {
        top(brush.moved(310, 600, 0.9, -12));
        top(brush.inAccent().moved(690, 590, 0.95, 14));
        top(brush.in(Tint.YELLOW).moved(500, 480, 0.8, 4));
    }

    private static void top(Brush brush) {
        brush.round(rounded(-16, -220, 32, 160, 14), Tint.WOOD.color());
        brush.round(
                path("M -190 -60 C -190 -110 190 -110 190 -60 C 190 60 60 120 0 230 C -60 120 -190 60 -190 -60 Z"),
                brush.main());
        brush.fill(path("M -186 -30 Q 0 30 186 -30 L 176 12 Q 0 70 -176 12 Z"), IVORY);
        brush.fill(path("M -150 52 Q 0 104 150 52 L 128 82 Q 0 126 -128 82 Z"), brush.accent());
        brush.soft(oval(0, -64, 186, 34), brush.pale());
        brush.round(rounded(-16, -200, 32, 140, 14), Tint.WOOD.color());
        brush.shine(oval(-110, -20, 22, 40), 0.5);
    }

    static void skittles(Brush brush) {
        Tint[] tints = {
            brush.look().main(),
            brush.look().accent(),
            Tint.GREEN,
            Tint.YELLOW,
            brush.look().main()
        };
        for (int skittle = 0; skittle < 5; skittle++) {
            Brush own = brush.moved(210 + skittle * 145, skittle % 2 == 0 ? 0 : -46, 1, 0)
                    .in(tints[skittle]);
            Shape body = path(
                    "M -30 360 C -44 300 -40 250 0 244 C 40 250 44 300 30 360 C 26 420 80 500 80 620 C 80 700 60 800 50 812"
                            + " L -50 812 C -60 800 -80 700 -80 620 C -80 500 -26 420 -30 360 Z");
            own.round(body, own.main());
            own.fill(common(body, Shapes.box(-100, 340, 200, 34)), IVORY);
            own.fill(disc(0, 300, 30), SKIN);
            own.fill(disc(-10, 298, 4.5), Brush.DARK);
            own.fill(disc(10, 298, 4.5), Brush.DARK);
            own.fill(path("M -40 276 C -40 216 40 216 40 276 Z"), Brush.DARK);
            own.fill(disc(0, 480, 9), IVORY);
            own.fill(disc(0, 530, 9), IVORY);
            own.shine(oval(-46, 600, 10, 60), 0.5);
        }
    }

    static void dominoes(Brush brush) {
        domino(brush.moved(330, 520, 1, -14), 5, 3);
        domino(brush.moved(660, 500, 1, 12), 2, 6);
        domino(brush.moved(500, 640, 1, 82), 4, 1);
    }

    private static void domino(Brush brush, int upper, int lower) {
        brush.fill(rounded(-100, -200, 212, 414, 30), Tint.mixed(IVORY, Tint.WOOD.color(), 0.55));
        brush.soft(rounded(-110, -210, 212, 414, 30), IVORY);
        brush.line(path("M -84 -3 L 76 -3"), Tint.faint(Brush.DARK, 0.5), 6);
        pips(brush.moved(-4, -106, 1, 0), upper);
        pips(brush.moved(-4, 100, 1, 0), lower);
    }

    private static void pips(Brush brush, int number) {
        int[][] places = {{0, 0}, {-46, -46}, {46, 46}, {46, -46}, {-46, 46}, {-46, 0}, {46, 0}};
        int first = number % 2 == 1 ? 0 : 1;
        int count = number % 2 == 1 ? number : number + 1;
        for (int pip = first; pip < count; pip++) {
            brush.fill(disc(places[pip][0], places[pip][1], 17), brush.main());
        }
    }

    static void blocks(Brush brush) {
        block(brush, 210, 540, 270, heart(345, 675, 150));
        block(brush.inAccent(), 510, 540, 270, star(645, 678, 88, 5, 0.45));
        block(brush.in(Tint.YELLOW), 350, 270, 270, disc(485, 405, 76));
    }

    private static void block(Brush brush, double x, double y, double size, Shape figure) {
        brush.flat(
                path("M " + (x + size) + " " + y + " L " + (x + size + 44) + " " + (y - 34) + " L " + (x + size + 44)
                        + " " + (y + size - 40) + " L " + (x + size) + " " + (y + size) + " Z"),
                brush.deep());
        brush.flat(
                path("M " + x + " " + y + " L " + (x + 48) + " " + (y - 34) + " L " + (x + size + 44) + " " + (y - 34)
                        + " L " + (x + size) + " " + y + " Z"),
                brush.pale());
        brush.soft(rounded(x, y, size, size, 12), brush.main());
        brush.flat(rounded(x + 28, y + 28, size - 56, size - 56, 10), IVORY);
        brush.fill(figure, brush.main());
    }

    static void skippingRope(Brush brush) {
        brush.cord(
                path("M 290 560 C 180 900 470 860 500 640 C 530 420 720 380 760 560 C 800 760 640 800 660 600"),
                IVORY,
                24);
        handle(brush.moved(300, 370, 1, 8));
        handle(brush.inAccent().moved(660, 400, 1, -6));
    }

    private static void handle(Brush brush) {
        brush.round(rounded(-40, -190, 80, 380, 34), Tint.WOOD.color());
        brush.round(rounded(-44, -120, 88, 60, 14), brush.main());
        brush.round(rounded(-44, 60, 88, 40, 14), brush.main());
        brush.soft(disc(0, -190, 46), brush.main());
    }

    static void harmonica(Brush brush) {
        brush.round(rounded(150, 580, 700, 230, 24), brush.cloth());
        brush.flat(rounded(180, 606, 640, 178, 14), Tint.mixed(brush.main(), Color.WHITE, 0.75));
        brush.polished(rounded(170, 400, 660, 190, 30), Tint.SILVER.color());
        brush.round(rounded(150, 456, 700, 86, 10), brush.main());
        for (int hole = 0; hole < 10; hole++) {
            brush.fill(rounded(190 + hole * 64, 474, 42, 50, 6), Brush.DARK);
        }
        brush.shine(rounded(210, 416, 560, 14, 7), 0.7);
        brush.fill(heart(500, 696, 90), brush.main());
    }

    static void gameBox(Brush brush) {
        brush.flat(path("M 170 770 L 830 770 L 830 815 L 170 815 Z"), brush.deep());
        brush.soft(rounded(170, 290, 660, 490, 16), brush.main());
        brush.flat(rounded(205, 325, 590, 420, 8), IVORY);
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 6; column++) {
                if ((row + column) % 2 == 0) {
                    brush.fill(
                            Shapes.box(220 + column * 93.3, 337 + row * 99, 93.3, 99), Tint.faint(brush.main(), 0.55));
                }
            }
        }
        brush.soft(disc(350, 440, 40), Tint.RED.color());
        brush.soft(disc(540, 620, 40), Tint.YELLOW.color());
        brush.soft(disc(650, 440, 40), Tint.BLUE.color());
        brush.soft(rounded(400, 530, 84, 84, 16), Color.WHITE);
        for (double[] pip : new double[][] {{422, 552}, {442, 572}, {462, 592}}) {
            brush.fill(disc(pip[0], pip[1], 8), Brush.DARK);
        }
    }
}
