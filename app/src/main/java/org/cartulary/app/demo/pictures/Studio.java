package org.cartulary.app.demo.pictures;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import org.jspecify.annotations.Nullable;

/** Where all things are pictured: one light, one floor, a wall in a quiet colour, and soft shadows. Thread-safe. */
final class Studio {

    /** Width and height of pictures, in pixels. */
    static final int PIXELS = 1200;

    /** Width and height in the units of motifs. */
    static final int UNITS = 1000;

    static final double PIXELS_PER_UNIT = (double) PIXELS / UNITS;

    /** Shadows are soft: they are reckoned in so many fewer pixels a side. */
    private static final int COARSE = 6;

    /** What has no edges is painted in so many fewer pixels a side. */
    private static final int SOFT = 3;

    private Studio() {}

    /** A small picture of what is behind and below things: all of it is soft, so that it may be enlarged. */
    static BufferedImage backdrop(Color wall, BufferedImage thing, Stance stance) {
        BufferedImage picture = new BufferedImage(PIXELS / SOFT, PIXELS / SOFT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = pen(picture);
        try {
            room(graphics, wall);
            shadow(graphics, thing, stance);
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    /** An empty layer, as large as a picture. */
    static BufferedImage layer() {
        return new BufferedImage(PIXELS, PIXELS, BufferedImage.TYPE_INT_ARGB_PRE);
    }

    /** A pen of the best quality, in units. */
    static Graphics2D pen(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.scale((double) image.getWidth() / UNITS, (double) image.getHeight() / UNITS);
        return graphics;
    }

    /** The wall and the floor. */
    private static void room(Graphics2D graphics, Color wall) {
        Color floor = Tint.mixed(wall, Color.WHITE, 0.34);
        graphics.setPaint(new LinearGradientPaint(
                new Point2D.Double(0, 0),
                new Point2D.Double(0, UNITS),
                new float[] {0, 0.62f, 0.70f, 0.76f, 1},
                new Color[] {
                    Tint.mixed(wall, Color.WHITE, 0.10),
                    wall,
                    Tint.mixed(wall, floor, 0.45),
                    floor,
                    Tint.mixed(floor, wall, 0.40)
                }));
        graphics.fillRect(0, 0, UNITS, UNITS);
        glow(graphics, 300, 240, 760, Tint.faint(Color.WHITE, 0.42));
        glow(graphics, 1080, 1020, 640, Tint.faint(Brush.DARK, 0.09));
    }

    /** The shadow of what is in the layer. */
    private static void shadow(Graphics2D graphics, BufferedImage layer, Stance stance) {
        BufferedImage silhouette = silhouette(layer);
        Rectangle2D bounds = bounds(silhouette, 0);
        if (bounds == null) {
            return;
        }
        switch (stance) {
            case STANDING -> onTheFloor(graphics, silhouette, bounds);
            case HANGING -> {
                AffineTransform cast = AffineTransform.getTranslateInstance(16, 26);
                draw(graphics, blurred(silhouette, 5), cast, 0.26f);
            }
        }
    }

    private static void onTheFloor(Graphics2D graphics, BufferedImage silhouette, Rectangle2D bounds) {
        double foot = bounds.getMaxY();
        double lean = 0.30;
        double flat = 0.17;
        // A point at height h above the foot throws its shadow to the right and a little towards the viewer's back.
        AffineTransform cast = new AffineTransform(1, 0, -lean, flat, lean * foot, foot - flat * foot - 2);
        draw(graphics, blurred(silhouette, 4), cast, 0.17f);
        Rectangle2D base = bounds(silhouette, foot - 45);
        if (base == null) {
            return;
        }
        double middle = base.getCenterX();
        double reach = base.getWidth() / 2;
        ellipse(graphics, middle + 10, foot - 4, reach * 1.10, 30, 0.22);
        ellipse(graphics, middle, foot - 5, reach * 0.92, 13, 0.30);
    }

    private static void ellipse(
            Graphics2D graphics, double x, double y, double reachX, double reachY, double strength) {
        Graphics2D own = (Graphics2D) graphics.create();
        try {
            own.translate(x, y);
            own.scale(1, reachY / reachX);
            glow(own, 0, 0, reachX, Tint.faint(Brush.DARK, strength));
        } finally {
            own.dispose();
        }
    }

    private static void glow(Graphics2D graphics, double x, double y, double reach, Color color) {
        graphics.setPaint(new RadialGradientPaint(
                new Point2D.Double(x, y), (float) reach, new float[] {0, 0.55f, 1}, new Color[] {
                    color, Tint.faint(color, color.getAlpha() / 255.0 * 0.45), Tint.faint(color, 0)
                }));
        graphics.fill(Shapes.disc(x, y, reach));
    }

    private static BufferedImage silhouette(BufferedImage layer) {
        int size = PIXELS / COARSE;
        int[] pixels = ((DataBufferInt) layer.getRaster().getDataBuffer()).getData();
        int[] sums = new int[size * size];
        for (int place = 0; place < pixels.length; place++) {
            sums[place / PIXELS / COARSE * size + place % PIXELS / COARSE] += pixels[place] >>> 24;
        }
        for (int place = 0; place < sums.length; place++) {
            sums[place] /= COARSE * COARSE;
        }
        return ofAlpha(sums, size);
    }

    private static BufferedImage ofAlpha(int[] alpha, int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        int dark = Brush.DARK.getRGB() & 0xFFFFFF;
        int[] pixels = new int[alpha.length];
        for (int place = 0; place < alpha.length; place++) {
            pixels[place] = alpha[place] << 24 | dark;
        }
        image.setRGB(0, 0, size, size, pixels, 0, size);
        return image;
    }

    /** Where something is, in units, below a height. */
    private static @Nullable Rectangle2D bounds(BufferedImage silhouette, double below) {
        Rectangle2D bounds = null;
        double unit = (double) UNITS / silhouette.getWidth();
        for (int y = (int) (below / unit); y < silhouette.getHeight(); y++) {
            for (int x = 0; x < silhouette.getWidth(); x++) {
                if (silhouette.getRGB(x, y) >>> 24 > 40) {
                    Rectangle2D cell = new Rectangle2D.Double(x * unit, y * unit, unit, unit);
                    bounds = bounds == null ? cell : bounds.createUnion(cell);
                }
            }
        }
        return bounds;
    }

    private static void draw(Graphics2D graphics, BufferedImage shadow, AffineTransform where, float strength) {
        Graphics2D own = (Graphics2D) graphics.create();
        try {
            own.setComposite(AlphaComposite.SrcOver.derive(strength));
            own.transform(where);
            own.drawImage(shadow, 0, 0, UNITS, UNITS, null);
        } finally {
            own.dispose();
        }
    }

    /** The silhouette, blurred three times by boxes, which is nearly Gaussian. */
    private static BufferedImage blurred(BufferedImage silhouette, int reach) {
        int size = silhouette.getWidth();
        int[] alpha = new int[size * size];
        for (int place = 0; place < alpha.length; place++) {
            alpha[place] = silhouette.getRGB(place % size, place / size) >>> 24;
        }
        for (int pass = 0; pass < 3; pass++) {
            alpha = transposedBlur(transposedBlur(alpha, size, reach), size, reach);
        }
        return ofAlpha(alpha, size);
    }

    private static int[] transposedBlur(int[] alpha, int size, int reach) {
        int[] result = new int[alpha.length];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int sum = 0;
                for (int near = Math.max(0, x - reach); near <= Math.min(size - 1, x + reach); near++) {
                    sum += alpha[y * size + near];
                }
                result[x * size + y] = sum / (2 * reach + 1);
            }
        }
        return result;
    }
}
