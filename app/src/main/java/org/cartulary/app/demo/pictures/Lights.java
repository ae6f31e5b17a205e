package org.cartulary.app.demo.pictures;

import static org.cartulary.app.demo.pictures.Shapes.box;
import static org.cartulary.app.demo.pictures.Shapes.common;
import static org.cartulary.app.demo.pictures.Shapes.disc;
import static org.cartulary.app.demo.pictures.Shapes.heart;
import static org.cartulary.app.demo.pictures.Shapes.oval;
import static org.cartulary.app.demo.pictures.Shapes.path;
import static org.cartulary.app.demo.pictures.Shapes.placed;
import static org.cartulary.app.demo.pictures.Shapes.rounded;
import static org.cartulary.app.demo.pictures.Shapes.star;
import static org.cartulary.app.demo.pictures.Shapes.without;

import java.awt.Color;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.Point2D;

/** What gives light. */
final class Lights {

    private static final Color WAX = new Color(0xFB, 0xF3, 0xE2);
    private static final Color FLAME = new Color(0xFF, 0xC8, 0x5A);

    private Lights() {}

    static void hangingHeart(Brush brush) {
        brush.cord(path("M 500 60 L 500 226"), Tint.NATURAL.color(), 9);
        bow(brush);
        Shape outer = heart(500, 500, 560);
        Shape inner = heart(500, 508, 440);
        brush.soft(without(outer, inner), brush.cloth());
        brush.line(heart(500, 504, 502), Tint.faint(Color.WHITE, 0.5), 5);
        brush.cord(path("M 500 262 L 500 380"), Tint.mixed(brush.main(), Brush.DARK, 0.2), 7);
        glow(brush, 500, 470, 170);
        Shape glass = path("M 412 470 L 428 620 Q 432 652 464 652 L 536 652 Q 568 652 572 620 L 588 470 Z");
        brush.fill(glass, Tint.faint(Tint.GLASS.color(), 0.7));
        brush.round(rounded(440, 560, 120, 86, 14), WAX);
        flame(brush.moved(500, 560, 0.9, 0));
        brush.round(glass, Tint.faint(Color.WHITE, 0.18));
        brush.line(oval(500, 470, 88, 14), Tint.faint(Color.WHITE, 0.9), 5);
        brush.line(
                path("M 412 470 C 420 400 480 380 500 380 C 520 380 580 400 588 470"),
                Tint.mixed(brush.main(), Brush.DARK, 0.25),
                5);
    }

    private static void bow(Brush brush) {
        Bags.bow(brush.moved(500, 250, 0.42, 0).in(Tint.NATURAL));
    }

    static void glass(Brush brush) {
        glow(brush, 500, 560, 330);
        Shape body = path("M 320 420 C 300 560 330 690 400 800 Q 410 812 430 812 L 570 812 Q 590 812 600 800"
                + " C 670 690 700 560 680 420 Z");
        brush.fill(body, Tint.faint(brush.main(), 0.55));
        brush.round(rounded(420, 690, 160, 100, 18), WAX);
        flame(brush.moved(500, 692, 1.25, 0));
        for (int facet = -3; facet <= 3; facet++) {
            double x = 500 + facet * 52;
            brush.shine(
                    common(
                            body,
                            path("M " + x + " 420 Q " + (x + facet * 6) + " 600 " + (500 + facet * 26) + " 812 L "
                                    + (504 + facet * 26) + " 812 Q " + (x + 16 + facet * 6) + " 600 " + (x + 18)
                                    + " 420 Z")),
                    0.30);
        }
        brush.round(body, Tint.faint(brush.main(), 0.30));
        brush.line(oval(500, 420, 180, 34), Tint.mixed(brush.main(), Color.WHITE, 0.7), 9);
        brush.cord(path("M 320 424 C 330 180 670 180 680 424"), Tint.ZINC.color(), 8);
        brush.line(path("M 312 470 Q 500 510 688 470"), Tint.mixed(brush.main(), Color.WHITE, 0.5), 6);
    }

    static void lantern(Brush brush) {
        Color metal = brush.main();
        brush.cord(ring(), metal, 14);
        brush.round(path("M 500 210 L 700 372 L 300 372 Z"), metal);
        brush.round(rounded(462, 176, 76, 60, 16), metal);
        brush.round(rounded(270, 364, 460, 40, 10), metal);
        Shape pane = box(310, 404, 380, 360);
        brush.fill(pane, new Color(0xFF, 0xF0, 0xD0, 190));
        glow(brush, 500, 580, 250);
        brush.round(rounded(440, 620, 120, 144, 12), WAX);
        flame(brush.moved(500, 620, 1.35, 0));
        brush.shine(path("M 330 404 L 420 404 L 330 620 Z"), 0.35);
        for (double x : new double[] {298, 680}) {
            brush.round(box(x, 404, 24, 360), metal);
        }
        brush.line(box(310, 404, 380, 360), Tint.mixed(metal, Brush.DARK, 0.15), 4);
        brush.round(rounded(262, 760, 476, 52, 12), metal);
        brush.fill(heart(500, 325, 46), new Color(0xFF, 0xE3, 0xA8));
    }

    private static Shape ring() {
        return disc(500, 146, 40);
    }

    static void candles(Brush brush) {
        candle(brush.in(brush.look().accent()), 300, 430, 150);
        candle(brush, 480, 300, 180);
        candle(brush.in(Tint.IVORY), 670, 540, 140);
    }

    private static void candle(Brush brush, double x, double top, double width) {
        glow(brush, x, top - 50, 130);
        Shape body = path("M " + (x - width / 2) + " " + top + " L " + (x - width / 2) + " 790 Q " + x + " 830 "
                + (x + width / 2) + " 790 L " + (x + width / 2) + " " + top + " Z");
        brush.round(body, brush.cloth(0.8));
        brush.flat(oval(x, top, width / 2, width * 0.12), Tint.mixed(brush.main(), Color.WHITE, 0.5));
        brush.fill(oval(x, top + 3, width * 0.34, width * 0.07), Tint.mixed(brush.main(), FLAME, 0.35));
        flame(brush.moved(x, top + 4, 1.1, 0));
    }

    static void candleTin(Brush brush) {
        glow(brush, 500, 420, 200);
        Shape body = path("M 260 500 L 268 770 Q 272 812 320 812 L 680 812 Q 728 812 732 770 L 740 500 Z");
        brush.round(body, brush.cloth());
        brush.soft(rounded(380, 590, 240, 130, 65), new Color(0xFB, 0xF5, 0xE6));
        brush.fill(heart(500, 656, 76), brush.main());
        brush.flat(oval(500, 500, 240, 56), Tint.SILVER.color());
        brush.fill(oval(500, 506, 220, 46), WAX);
        flame(brush.moved(500, 508, 1.4, 0));
    }

    static void toadstool(Brush brush) {
        brush.round(
                path("M 400 520 Q 420 700 380 790 Q 500 835 620 790 Q 580 700 600 520 Z"), new Color(0xFF, 0xF3, 0xDC));
        brush.dim(path("M 398 540 Q 500 590 602 540 L 600 520 L 400 520 Z"), 0.15);
        Shape cap = path("M 190 540 C 190 150 810 150 810 540 Q 500 620 190 540 Z");
        glow(brush, 500, 460, 420);
        brush.round(cap, brush.main());
        for (double[] spot : new double[][] {
            {340, 400, 52},
            {500, 310, 60},
            {652, 400, 48},
            {430, 505, 36},
            {580, 500, 42},
            {740, 500, 28},
            {268, 500, 28}
        }) {
            brush.soft(common(oval(spot[0], spot[1], spot[2], spot[2] * 0.88), cap), new Color(0xFF, 0xF6, 0xE4));
        }
        brush.shine(path("M 250 420 C 270 320 340 260 400 246 C 330 300 300 360 290 430 Z"), 0.35);
    }

    static void rabbit(Brush brush) {
        glow(brush, 500, 560, 400);
        for (int side : new int[] {-1, 1}) {
            brush.round(placed(oval(0, -120, 44, 150), 500 + side * 62, 390, 1, side * 12), brush.main());
            brush.fill(placed(oval(0, -118, 22, 112), 500 + side * 62, 390, 1, side * 12), Tint.PINK.color());
        }
        brush.round(path("M 500 470 C 700 470 730 812 640 812 L 360 812 C 270 812 300 470 500 470 Z"), brush.main());
        brush.round(oval(500, 450, 160, 136), brush.main());
        for (int side : new int[] {-1, 1}) {
            brush.fill(disc(500 + side * 60, 436, 13), Brush.DARK);
            brush.fill(disc(500 + side * 92, 482, 22), Tint.faint(Tint.PINK.color(), 0.6));
            brush.soft(oval(500 + side * 84, 796, 62, 26), brush.main());
        }
        brush.fill(path("M 484 478 L 516 478 L 500 496 Z"), Tint.ROSE.color());
        brush.line(path("M 500 496 Q 480 520 466 506 M 500 496 Q 520 520 534 506"), Tint.faint(Brush.DARK, 0.6), 5);
    }

    static void stringLights(Brush brush) {
        brush.line(
                path("M 60 250 Q 280 520 500 380 Q 720 240 940 520"),
                Tint.mixed(Tint.GREEN.color(), Brush.DARK, 0.4),
                8);
        double[][] places = {
            {130, 332, 8},
            {235, 412, 2},
            {345, 432, -4},
            {450, 406, -8},
            {560, 348, -6},
            {670, 318, 4},
            {775, 354, 10},
            {870, 436, 14}
        };
        for (int bulb = 0; bulb < places.length; bulb++) {
            Color color = bulb % 2 == 0 ? brush.main() : brush.accent();
            Brush one = brush.moved(places[bulb][0], places[bulb][1], 1.05, places[bulb][2]);
            glow(one, 0, 70, 90);
            one.round(rounded(-14, -8, 28, 34, 6), Tint.mixed(Tint.GREEN.color(), Brush.DARK, 0.4));
            one.round(path("M -16 24 C -50 60 -36 128 0 152 C 36 128 50 60 16 24 Z"), color);
            one.shine(oval(-14, 72, 8, 24), 0.6);
        }
        brush.fill(disc(60, 250, 10), Tint.ZINC.color());
        brush.fill(disc(940, 520, 10), Tint.ZINC.color());
    }

    static void starLight(Brush brush) {
        brush.cord(path("M 500 60 L 500 230"), Tint.NATURAL.color(), 9);
        brush.soft(star(500, 520, 320, 5, 0.48), brush.cloth());
        brush.soft(without(star(500, 520, 250, 5, 0.48), star(500, 520, 225, 5, 0.48)), brush.accent());
        glow(brush, 500, 530, 160);
    }

    /** A flame that stands on the origin. */
    static void flame(Brush brush) {
        brush.line(path("M 0 0 Q -2 -10 0 -20"), Brush.DARK, 5);
        brush.fill(path("M 0 -8 C -30 -22 -24 -60 0 -100 C 24 -60 30 -22 0 -8 Z"), FLAME);
        brush.fill(path("M 0 -10 C -15 -18 -12 -42 0 -66 C 12 -42 15 -18 0 -10 Z"), new Color(0xFF, 0xF2, 0xC4));
    }

    /** Warm light around a place. */
    static void glow(Brush brush, double x, double y, double reach) {
        brush.fill(
                disc(x, y, reach),
                new RadialGradientPaint(new Point2D.Double(x, y), (float) reach, new float[] {0, 1}, new Color[] {
                    new Color(255, 214, 130, 110), new Color(255, 214, 130, 0)
                }));
    }
}
