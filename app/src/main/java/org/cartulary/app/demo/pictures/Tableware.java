package org.cartulary.app.demo.pictures;

import static org.cartulary.app.demo.pictures.Shapes.common;
import static org.cartulary.app.demo.pictures.Shapes.disc;
import static org.cartulary.app.demo.pictures.Shapes.oval;
import static org.cartulary.app.demo.pictures.Shapes.path;
import static org.cartulary.app.demo.pictures.Shapes.rounded;
import static org.cartulary.app.demo.pictures.Shapes.thick;
import static org.cartulary.app.demo.pictures.Shapes.without;

import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;

/** What stands on a table that is laid. */
final class Tableware {

    private static final Color TEA = new Color(0x9C, 0x5E, 0x38);
    private static final Color PORCELAIN = new Color(0xFB, 0xF8, 0xF3);

    private Tableware() {}

    static void mug(Brush brush) {
        brush.soft(thick(path("M 620 470 C 780 440 780 700 612 680"), 46), brush.main());
        Shape body = path("M 320 385 L 332 740 Q 336 812 410 812 L 560 812 Q 634 812 638 740 L 650 385 Z");
        brush.round(body, brush.cloth());
        opening(brush, 485, 385, 165, 40, TEA);
        brush.shine(rounded(372, 470, 26, 230, 13), 0.35);
    }

    static void teacup(Brush brush) {
        brush.soft(oval(490, 775, 330, 50), brush.cloth());
        brush.fill(oval(490, 766, 250, 32), PORCELAIN);
        brush.dim(oval(500, 768, 150, 20), 0.14);
        brush.soft(thick(path("M 700 500 C 860 470 830 660 660 668"), 32), brush.main());
        Shape cup = path("M 262 440 C 262 620 330 760 420 770 L 560 770 C 650 760 718 620 718 440 Z");
        brush.round(cup, PORCELAIN);
        brush.round(common(cup, path("M 0 490 L 1000 490 L 1000 690 L 0 690 Z")), brush.cloth());
        brush.line(path("M 268 490 L 712 490"), Tint.GOLD.color(), 7);
        opening(brush, 490, 440, 228, 46, TEA);
    }

    static void teapot(Brush brush) {
        Paint glaze = brush.cloth();
        brush.soft(thick(path("M 690 470 C 880 400 880 720 680 690"), 42), brush.main());
        brush.round(path("M 330 560 C 240 560 220 420 140 400 L 190 372 C 290 390 300 470 370 480 Z"), brush.main());
        Shape body = path("M 490 400 C 700 400 760 520 760 610 C 760 740 660 812 590 812 L 390 812"
                + " C 320 812 220 740 220 610 C 220 520 280 400 490 400 Z");
        brush.round(body, glaze);
        brush.shine(path("M 292 560 C 300 500 350 450 400 440 C 340 490 326 540 326 610 Q 300 640 292 560 Z"), 0.4);
        brush.round(path("M 350 418 C 360 350 620 350 630 418 Q 490 452 350 418 Z"), brush.main());
        brush.line(path("M 352 418 Q 490 452 628 418"), Tint.GOLD.color(), 6);
        brush.round(disc(490, 338, 32), brush.deep());
        brush.shine(disc(480, 328, 9), 0.6);
    }

    static void plate(Brush brush) {
        Shape rim = disc(500, 520, 310);
        brush.soft(rim, brush.cloth());
        brush.line(disc(500, 520, 302), Tint.GOLD.color(), 5);
        brush.soft(disc(500, 520, 205), PORCELAIN);
        brush.dim(without(disc(500, 520, 205), disc(506, 526, 203)), 0.16);
        brush.shine(disc(500, 520, 170), 0.5);
        brush.shine(path("M 250 430 C 290 320 370 265 450 250 C 380 290 320 350 290 450 Z"), 0.35);
    }

    static void bowl(Brush brush) {
        brush.round(rounded(400, 770, 200, 40, 14), brush.deep());
        Shape body = path("M 190 470 C 200 680 330 786 430 786 L 570 786 C 670 786 800 680 810 470 Z");
        brush.round(body, brush.cloth());
        opening(brush, 500, 470, 310, 72, Tint.mixed(brush.main(), Color.WHITE, 0.6));
        brush.shine(path("M 245 560 C 262 640 300 690 340 720 C 290 660 276 610 272 556 Z"), 0.4);
    }

    static void jug(Brush brush) {
        brush.soft(thick(path("M 640 360 C 830 330 800 640 655 640"), 40), brush.main());
        Shape body = path("M 330 290 C 372 330 360 420 330 490 C 280 600 290 740 370 812 L 620 812"
                + " C 700 740 710 600 660 490 C 630 420 632 350 652 282 L 460 300 Z");
        brush.round(body, brush.cloth());
        brush.round(
                path("M 250 250 C 300 262 560 300 660 262 C 656 312 560 330 470 326 C 380 322 300 300 250 250 Z"),
                brush.pale());
        brush.shine(path("M 352 560 C 330 640 346 720 376 760 C 366 700 366 630 386 560 Z"), 0.38);
    }

    static void cakeStand(Brush brush) {
        brush.polished(rounded(490, 250, 20, 540, 8), Tint.GOLD.color());
        brush.line(thick(disc(500, 225, 30), 1), Tint.GOLD.color(), 11);
        tier(brush, 330, 150);
        tier(brush, 530, 225);
        tier(brush, 742, 305);
        brush.polished(
                path("M 440 812 C 470 812 480 780 488 752 L 512 752 C 520 780 530 812 560 812 Z"), Tint.GOLD.color());
        cupcake(brush.moved(405, 318, 0.9, 0));
        cupcake(brush.moved(590, 318, 0.9, 0));
        for (int x : new int[] {345, 430, 575, 660}) {
            cupcake(brush.moved(x, 516, 0.95, 0));
        }
    }

    private static void tier(Brush brush, double y, double reach) {
        brush.dim(oval(500, y + 22, reach * 0.9, 16), 0.10);
        brush.soft(oval(500, y + 8, reach, 27), brush.cloth());
        brush.soft(oval(500, y, reach, 24), PORCELAIN);
        brush.line(oval(500, y, reach - 3, 23), Tint.GOLD.color(), 3);
        brush.dim(oval(500, y + 3, reach * 0.72, 14), 0.06);
    }

    /** A small cake, which stands on the origin. */
    static void cupcake(Brush brush) {
        brush.round(path("M -34 -46 L -24 8 L 24 8 L 34 -46 Z"), brush.accent());
        for (int fold = -2; fold <= 2; fold++) {
            brush.dim(
                    path("M " + (fold * 12 - 2) + " -46 L " + fold * 9 + " 8 L " + (fold * 9 + 3) + " 8 L "
                            + (fold * 12 + 4) + " -46 Z"),
                    0.12);
        }
        brush.soft(
                path(
                        "M -42 -46 C -48 -78 -20 -84 -16 -92 C -10 -106 16 -106 20 -90 C 30 -84 48 -76 42 -46 Q 0 -36 -42 -46 Z"),
                new Color(0xFB, 0xEC, 0xE4));
        brush.soft(disc(2, -102, 11), Tint.RED.color());
    }

    static void teaSet(Brush brush) {
        teapot(brush.moved(60, 20, 0.92, 0));
        teacup(brush.moved(20, 445, 0.48, 0));
        teacup(brush.moved(500, 445, 0.48, 0));
    }

    static void jar(Brush brush) {
        Shape glass = rounded(310, 350, 380, 462, 70);
        brush.fill(glass, new Color(225, 236, 236, 150));
        Shape jam = common(rounded(328, 440, 344, 356, 58), glass);
        brush.round(jam, Tint.mixed(Tint.RED.color(), Brush.DARK, 0.08));
        brush.soft(oval(500, 442, 172, 22), Tint.mixed(Tint.RED.color(), Color.WHITE, 0.2));
        brush.round(glass, new Color(235, 244, 244, 60));
        brush.soft(rounded(388, 560, 224, 150, 14), new Color(0xFB, 0xF5, 0xE6));
        brush.fill(Shapes.heart(500, 634, 74), brush.main());
        Shape cap = path("M 296 300 Q 500 230 704 300 L 716 392 Q 690 372 664 396 Q 636 372 608 398 Q 580 374 552 400"
                + " Q 524 376 500 400 Q 472 376 446 400 Q 420 374 392 398 Q 364 372 336 396 Q 310 372 284 392 Z");
        brush.round(cap, brush.cloth(0.7));
        brush.cord(path("M 304 338 Q 500 366 696 338"), Tint.NATURAL.color(), 12);
        brush.shine(rounded(340, 440, 22, 270, 11), 0.45);
    }

    /** What is seen of a vessel from above: its rim and what is in it. */
    static void opening(Brush brush, double x, double y, double reachX, double reachY, Color content) {
        brush.flat(oval(x, y, reachX, reachY), Tint.mixed(brush.main(), Color.WHITE, 0.55));
        brush.fill(oval(x, y + 3, reachX - 15, reachY - 9), Tint.mixed(brush.main(), Brush.DARK, 0.18));
        Shape inside = common(oval(x, y + 3, reachX - 15, reachY - 9), oval(x, y + 16, reachX - 18, reachY - 8));
        brush.fill(inside, content);
        brush.shine(common(inside, oval(x - reachX * 0.4, y + 8, reachX * 0.35, reachY * 0.4)), 0.22);
    }
}
