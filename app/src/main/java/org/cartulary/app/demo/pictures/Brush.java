package org.cartulary.app.demo.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/** Paints shapes in the light of the studio, which comes from above left. For one thread. */
final class Brush {

    static final Color DARK = new Color(52, 36, 46);
    private static final Color NO_LIGHT = new Color(255, 255, 255, 0);
    private static final Color NO_DARK = Tint.faint(DARK, 0);

    private final Graphics2D graphics;
    private final Look look;

    Brush(Graphics2D graphics, Look look) {
        this.graphics = graphics;
        this.look = look;
    }

    /** The colours and the pattern of the thing. */
    Look look() {
        return look;
    }

    /** The same brush for a thing of other colours. */
    Brush with(Look other) {
        return new Brush(graphics, other);
    }

    /** The same brush, for whom the origin is elsewhere and all is larger or smaller. */
    Brush moved(double x, double y, double scale, double degrees) {
        Graphics2D other = (Graphics2D) graphics.create();
        other.translate(x, y);
        other.rotate(Math.toRadians(degrees));
        other.scale(scale, scale);
        return new Brush(other, look);
    }

    /** The same brush for a thing in its second colour, without a pattern. */
    Brush inAccent() {
        return with(look.swapped());
    }

    /** The same brush for a thing of this colour, without a pattern. */
    Brush in(Tint tint) {
        return with(look.plain(tint));
    }

    /** In the pattern of the thing. */
    Paint cloth() {
        return look.cloth(1);
    }

    /** In the pattern of the thing, so much larger. */
    Paint cloth(double scale) {
        return look.cloth(scale);
    }

    /** Its first colour. */
    Color main() {
        return look.main().color();
    }

    /** Its second colour. */
    Color accent() {
        return look.accent().color();
    }

    /** Its first colour, darker. */
    Color deep() {
        return Tint.mixed(main(), DARK, 0.28);
    }

    /** Its first colour, lighter. */
    Color pale() {
        return Tint.mixed(main(), Color.WHITE, 0.45);
    }

    /** Fills evenly. */
    void fill(Shape shape, Paint paint) {
        graphics.setPaint(paint);
        graphics.fill(shape);
    }

    /** Fills, and gives it the light and shade of something round that stands upright. */
    void round(Shape shape, Paint paint) {
        fill(shape, paint);
        light(shape, true, 0.30, 0.26);
        edge(shape);
    }

    /** Fills, and gives it the light and shade of something that lies or bulges. */
    void soft(Shape shape, Paint paint) {
        fill(shape, paint);
        light(shape, false, 0.26, 0.20);
        light(shape, true, 0.10, 0.12);
        edge(shape);
    }

    /** Fills, with as little light and shade as a flat face has. */
    void flat(Shape shape, Paint paint) {
        fill(shape, paint);
        light(shape, false, 0.12, 0.09);
        edge(shape);
    }

    /** Fills as polished metal or glaze: bands of light across. */
    void polished(Shape shape, Color paint) {
        Rectangle2D bounds = shape.getBounds2D();
        Color light = Tint.mixed(paint, Color.WHITE, 0.62);
        Color shade = Tint.mixed(paint, DARK, 0.30);
        graphics.setPaint(new LinearGradientPaint(
                new Point2D.Double(bounds.getMinX(), 0),
                new Point2D.Double(bounds.getMaxX() + 0.01, 0),
                new float[] {0, 0.16f, 0.32f, 0.62f, 0.86f, 1},
                new Color[] {shade, paint, light, paint, shade, Tint.mixed(paint, DARK, 0.12)}));
        graphics.fill(shape);
        edge(shape);
    }

    /** Draws a line. */
    void line(Shape line, Paint paint, double width) {
        graphics.setPaint(paint);
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(line);
    }

    /** Draws a line of stitches. */
    void stitches(Shape line, Paint paint, double width) {
        graphics.setPaint(paint);
        graphics.setStroke(new BasicStroke(
                (float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {12, 10}, 0));
        graphics.draw(line);
    }

    /** Draws a cord that is round. */
    void cord(Shape line, Color color, double width) {
        line(line, Tint.mixed(color, DARK, 0.22), width);
        line(line, color, width * 0.72);
        line(line, Tint.faint(Tint.mixed(color, Color.WHITE, 0.6), 0.6), width * 0.22);
    }

    /** Lightens. */
    void shine(Shape shape, double opacity) {
        fill(shape, Tint.faint(Color.WHITE, opacity));
    }

    /** Darkens. */
    void dim(Shape shape, double opacity) {
        fill(shape, Tint.faint(DARK, opacity));
    }

    private void edge(Shape shape) {
        line(shape, Tint.faint(DARK, 0.10), 1.6);
    }

    private void light(Shape shape, boolean sideways, double bright, double dark) {
        Rectangle2D bounds = shape.getBounds2D();
        Point2D from = new Point2D.Double(bounds.getMinX(), bounds.getMinY());
        Point2D until = sideways
                ? new Point2D.Double(bounds.getMaxX() + 0.01, bounds.getMinY())
                : new Point2D.Double(bounds.getMinX(), bounds.getMaxY() + 0.01);
        graphics.setPaint(new LinearGradientPaint(from, until, new float[] {0, 0.12f, 0.42f, 0.43f, 1}, new Color[] {
            Tint.faint(Color.WHITE, bright * 0.35),
            Tint.faint(Color.WHITE, bright),
            NO_LIGHT,
            NO_DARK,
            Tint.faint(DARK, dark)
        }));
        graphics.fill(shape);
    }
}
