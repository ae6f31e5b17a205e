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

import java.awt.Color;
import java.awt.Shape;

/** What is written on, wrapped with and hung up at parties. */
final class Papers {

    private static final Color PAPER = new Color(0xFC, 0xF8, 0xEE);

    private Papers() {}

    static void card(Brush brush) {
        brush.flat(placed(rounded(-250, -170, 500, 340, 8), 560, 620, 1, 8), Tint.CREAM.color());
        brush.line(placed(path("M -250 -165 L 0 30 L 250 -165"), 560, 620, 1, 8), Tint.faint(Brush.DARK, 0.2), 4);
        brush.flat(path("M 640 190 L 700 222 L 700 800 L 640 812 Z"), Tint.mixed(PAPER, Brush.DARK, 0.12));
        brush.flat(rounded(240, 190, 400, 622, 8), brush.cloth());
        brush.flat(rounded(300, 300, 280, 350, 140), PAPER);
        brush.fill(heart(440, 440, 120), brush.look().accent() == Tint.WHITE ? Tint.RED.color() : brush.accent());
        brush.fill(rounded(360, 540, 160, 18, 9), Tint.faint(Brush.DARK, 0.6));
        brush.fill(rounded(390, 576, 100, 15, 7), Tint.faint(Brush.DARK, 0.4));
    }

    static void notebook(Brush brush) {
        notebook(brush.inAccent(), 590, 500, 10);
        notebook(brush, 450, 510, -6);
    }

    private static void notebook(Brush brush, double x, double y, double turn) {
        Brush own = brush.moved(x, y, 1, turn);
        own.flat(rounded(-196, -274, 412, 572, 12), PAPER);
        own.line(path("M 206 -260 L 206 284 M 198 -264 L 198 290"), Tint.faint(Brush.DARK, 0.22), 2);
        own.soft(rounded(-210, -280, 400, 570, 16), own.cloth());
        own.dim(box(-210, -280, 46, 570), 0.14);
        own.flat(rounded(-90, -180, 200, 120, 12), PAPER);
        own.line(path("M -56 -136 L 76 -136 M -40 -104 L 60 -104"), Tint.faint(Brush.DARK, 0.5), 7);
        own.soft(rounded(120, -280, 20, 570, 4), own.inAccent().main());
    }

    static void wrap(Brush brush) {
        roll(brush.inAccent(), 640, 14);
        roll(brush, 470, -7);
        Bags.bow(brush.inAccent().moved(468, 540, 0.66, -7));
    }

    private static void roll(Brush brush, double x, double turn) {
        Brush own = brush.moved(x, 500, 1, turn);
        own.round(box(-82, -320, 164, 640), own.cloth(0.85));
        own.fill(oval(0, -320, 82, 24), PAPER);
        own.line(oval(0, -320, 60, 16), Tint.faint(own.main(), 0.8), 5);
        own.line(oval(6, -318, 34, 9), Tint.faint(own.main(), 0.8), 5);
        own.fill(path("M -82 320 Q 0 362 82 320 Z"), own.deep());
        own.dim(path("M 40 -310 Q 64 0 40 330 L 52 328 Q 76 0 52 -312 Z"), 0.18);
    }

    static void ribbons(Brush brush) {
        Tint[] tints = {brush.look().main(), brush.look().accent(), brush.look().main()};
        for (int spool = 0; spool < 3; spool++) {
            Brush own = brush.moved(270 + spool * 230, spool == 1 ? 420 : 520, 1, 0)
                    .with(spool == 1 ? brush.look().plain(tints[1]) : brush.look());
            own.soft(thick(path("M 40 150 C 100 260 20 300 90 " + (spool == 1 ? 380 : 280)), 34), own.main());
            own.round(rounded(-96, -110, 192, 240, 14), own.cloth(0.7));
            own.dim(path("M -96 -10 L 96 -10 L 96 -4 L -96 -4 Z M -96 50 L 96 50 L 96 56 L -96 56 Z"), 0.16);
            own.round(oval(0, 136, 116, 26), Tint.WOOD.color());
            own.round(oval(0, -112, 116, 28), Tint.mixed(Tint.WOOD.color(), Color.WHITE, 0.2));
            own.fill(oval(0, -112, 30, 8), Brush.DARK);
        }
    }

    static void tags(Brush brush) {
        for (int tag = 0; tag < 3; tag++) {
            Brush own = brush.moved(330 + tag * 170, 280 + (tag % 2) * 30, 1, 16 - 16 * tag);
            own.cord(
                    path("M 0 -4 Q " + (30 - tag * 30) + " -90 " + (60 - tag * 70) + " -130"), Tint.NATURAL.color(), 8);
            Shape body = path(
                    "M -50 -40 L 50 -40 L 120 40 L 120 440 Q 120 460 100 460 L -100 460 Q -120 460 -120 440 L -120 40 Z");
            own.flat(body, tag == 1 ? own.inAccent().main() : own.cloth(0.8));
            own.fill(disc(0, 8, 24), PAPER);
            own.fill(disc(0, 8, 13), Tint.faint(Brush.DARK, 0.5));
            own.flat(rounded(-76, 180, 152, 120, 14), PAPER);
            own.fill(heart(0, 240, 52), Tint.RED.color());
        }
    }

    static void stationery(Brush brush) {
        brush.flat(placed(box(-210, -280, 420, 560), 560, 450, 1, 6), PAPER);
        brush.line(
                placed(path("M -150 -180 L 150 -180 M -150 -110 L 150 -110 M -150 -40 L 90 -40"), 560, 450, 1, 6),
                Tint.faint(Brush.DARK, 0.25),
                6);
        Shape envelope = rounded(190, 480, 560, 335, 12);
        brush.flat(envelope, brush.cloth());
        brush.flat(
                path("M 190 486 L 470 690 L 750 486 Q 750 480 740 480 L 200 480 Q 190 480 190 486 Z"),
                brush.inAccent().pale());
        brush.line(path("M 190 810 L 400 640 M 750 810 L 540 640"), Tint.faint(Brush.DARK, 0.16), 4);
        brush.soft(disc(470, 660, 46), Tint.RED.color());
        brush.fill(heart(470, 664, 40), Tint.mixed(Tint.RED.color(), Color.WHITE, 0.35));
        Brush pen = brush.moved(800, 560, 1, 16);
        pen.round(rounded(-17, -230, 34, 400, 12), brush.main());
        pen.fill(path("M -17 166 L 17 166 L 0 226 Z"), Tint.NATURAL.color());
        pen.fill(path("M -6 204 L 6 204 L 0 226 Z"), Brush.DARK);
    }

    static void pack(Brush brush) {
        Shape body = rounded(230, 300, 540, 510, 40);
        brush.soft(body, brush.cloth());
        brush.dim(path("M 230 340 Q 230 300 270 300 L 730 300 Q 770 300 770 340 L 770 360 L 230 360 Z"), 0.10);
        brush.flat(rounded(330, 430, 340, 220, 110), PAPER);
        brush.fill(heart(500, 510, 84), brush.look().accent() == Tint.WHITE ? brush.main() : brush.accent());
        brush.fill(rounded(420, 572, 160, 18, 9), Tint.faint(Brush.DARK, 0.55));
        brush.shine(common(body, path("M 250 300 L 420 300 L 300 810 L 230 810 L 230 320 Z")), 0.22);
        brush.flat(rounded(390, 272, 220, 60, 14), PAPER);
        brush.fill(rounded(450, 290, 100, 22, 11), Tint.faint(Brush.DARK, 0.4));
    }

    static void cards(Brush brush) {
        for (int card = 0; card < 4; card++) {
            Brush own = brush.moved(500, 800, 1, -27 + card * 17);
            own.flat(rounded(-150, -560, 300, 430, 26), PAPER);
            if (card < 3) {
                own.flat(rounded(-128, -538, 256, 386, 16), own.cloth(0.7));
            } else {
                own.fill(heart(0, -345, 130), Tint.RED.color());
                own.fill(heart(-104, -506, 42), Tint.RED.color());
                own.fill(placed(heart(0, 0, 42), 104, -184, 1, 180), Tint.RED.color());
            }
        }
    }

    static void pencils(Brush brush) {
        Tint[] tints = {Tint.RED, Tint.YELLOW, Tint.GREEN, Tint.SKY, Tint.PINK, Tint.ORANGE, Tint.BLUE};
        for (int pencil = 0; pencil < 7; pencil++) {
            Brush own = brush.moved(368 + pencil * 44, 470, 1, -15 + pencil * 5);
            own.round(rounded(-22, -180, 44, 400, 4), tints[pencil].color());
            own.round(path("M -22 -178 L 22 -178 L 0 -262 Z"), Tint.mixed(Tint.NATURAL.color(), Color.WHITE, 0.3));
            own.fill(path("M -8 -232 L 8 -232 L 0 -262 Z"), tints[pencil].color());
        }
        brush.round(path("M 300 520 L 320 790 Q 500 836 680 790 L 700 520 Q 500 570 300 520 Z"), brush.cloth(0.9));
        brush.line(path("M 300 524 Q 500 574 700 524"), brush.accent(), 12);
    }

    static void bunting(Brush brush) {
        brush.cord(path("M 40 270 Q 500 480 960 270"), Tint.IVORY.color(), 16);
        Tint[] tints = {brush.look().main(), brush.look().accent()};
        for (int flag = 0; flag < 6; flag++) {
            double x = 130 + flag * 148;
            double y = 270 + 420 * (x - 40) / 920 * (1 - (x - 40) / 920);
            Look look = flag % 2 == 0
                    ? brush.look()
                    : new Look(tints[1], tints[0], flag % 4 == 1 ? Pattern.PLAIN : Pattern.SPOTS);
            Brush own = brush.moved(x, y, 1, 13 - flag * 5.2).with(look);
            Shape pennant = path("M -66 0 L 66 0 L 0 290 Z");
            own.flat(pennant, own.cloth(0.62));
            own.stitches(path("M -52 14 L 52 14"), Tint.faint(Color.WHITE, 0.7), 3);
            own.dim(path("M 0 290 L 66 0 L 40 0 Z"), 0.08);
        }
        brush.cord(path("M 40 270 Q 500 480 960 270"), Tint.IVORY.color(), 14);
    }

    static void paperChain(Brush brush) {
        for (int link = 0; link < 9; link++) {
            double x = 110 + link * 98;
            double y = 330 + 1100 * (x - 60) / 880 * (1 - (x - 60) / 880);
            Brush own = brush.moved(x, y, 1, 40 - link * 10)
                    .with(link % 2 == 0 ? brush.look() : brush.inAccent().look());
            own.soft(thick(oval(0, 0, 66, 50), 34), own.cloth(0.5));
            own.dim(thick(path("M -60 26 Q 0 70 60 26"), 12), 0.12);
        }
    }

    static void cracker(Brush brush) {
        cracker(brush.inAccent(), 640, -16);
        cracker(brush, 420, 12);
    }

    private static void cracker(Brush brush, double y, double turn) {
        Brush own = brush.moved(500, y, 1, turn);
        for (int side : new int[] {-1, 1}) {
            own.soft(
                    path("M " + side * 170 + " -36 L " + side * 360 + " -100 L " + side * 330 + " -40 L " + side * 372
                            + " 0 L " + side * 330 + " 44 L " + side * 360 + " 100 L " + side * 170 + " 36 Z"),
                    own.deep());
            own.soft(rounded(side * 178 - 14, -50, 28, 100, 10), Tint.GOLD.color());
        }
        own.soft(rounded(-172, -92, 344, 184, 40), own.cloth(0.8));
        own.flat(rounded(-60, -64, 120, 128, 60), PAPER);
        own.fill(heart(0, 4, 64), Tint.RED.color());
    }

    static void partyCup(Brush brush) {
        for (int cup = 0; cup < 3; cup++) {
            Brush own = brush.moved(280 + cup * 220, cup == 1 ? 60 : 0, 1, 0);
            own.round(path("M -110 370 L -80 752 Q 0 776 80 752 L 110 370 Z"), own.cloth(0.8));
            own.flat(oval(0, 370, 112, 26), PAPER);
            own.fill(oval(0, 374, 98, 19), Tint.faint(Brush.DARK, 0.16));
        }
    }

    static void popcorn(Brush brush) {
        double[][] corns = {
            {330, 300},
            {420, 250},
            {510, 232},
            {600, 260},
            {670, 310},
            {380, 340},
            {470, 310},
            {560, 320},
            {640, 350},
            {300, 360}
        };
        for (double[] corn : corns) {
            for (int bulge = 0; bulge < 4; bulge++) {
                double angle = Math.toRadians(90 * bulge + corn[0]);
                brush.soft(
                        disc(corn[0] + 26 * Math.cos(angle), corn[1] + 26 * Math.sin(angle), 38),
                        new Color(0xFF, 0xF3, 0xCF));
            }
        }
        brush.round(
                path(
                        "M 250 360 L 300 800 Q 500 830 700 800 L 750 360 Q 712 396 688 360 Q 650 396 626 360 Q 588 396 562 360"
                                + " Q 526 396 500 360 Q 464 396 438 360 Q 402 396 376 360 Q 340 396 312 360 Q 276 396 250 360 Z"),
                brush.cloth());
        brush.soft(oval(500, 600, 120, 90), PAPER);
        brush.fill(heart(500, 606, 90), Tint.RED.color());
    }
}
