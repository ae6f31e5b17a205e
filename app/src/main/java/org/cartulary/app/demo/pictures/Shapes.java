package org.cartulary.app.demo.pictures;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.StringTokenizer;

/** Shapes of which things are made. */
final class Shapes {

    private Shapes() {}

    /** An ellipse around its centre. */
    static Shape oval(double x, double y, double radiusX, double radiusY) {
        return new Ellipse2D.Double(x - radiusX, y - radiusY, 2 * radiusX, 2 * radiusY);
    }

    /** A circle around its centre. */
    static Shape disc(double x, double y, double radius) {
        return oval(x, y, radius, radius);
    }

    /** A rectangle. */
    static Shape box(double x, double y, double width, double height) {
        return new Rectangle2D.Double(x, y, width, height);
    }

    /** A rectangle with round corners. */
    static Shape rounded(double x, double y, double width, double height, double radius) {
        return new RoundRectangle2D.Double(x, y, width, height, 2 * radius, 2 * radius);
    }

    /** A path in the notation of SVG, with the absolute commands M, L, Q, C and Z, all parted by blanks. */
    static Path2D path(String notation) {
        Path2D path = new Path2D.Double();
        StringTokenizer words = new StringTokenizer(notation);
        while (words.hasMoreTokens()) {
            switch (words.nextToken()) {
                case "M" -> path.moveTo(number(words), number(words));
                case "L" -> path.lineTo(number(words), number(words));
                case "Q" -> path.quadTo(number(words), number(words), number(words), number(words));
                case "C" ->
                    path.curveTo(
                            number(words), number(words), number(words), number(words), number(words), number(words));
                case "Z" -> path.closePath();
                default -> throw new IllegalArgumentException("not a path: " + notation);
            }
        }
        return path;
    }

    private static double number(StringTokenizer words) {
        return Double.parseDouble(words.nextToken());
    }

    /** A heart as wide as that, around its centre. */
    static Shape heart(double x, double y, double width) {
        Path2D heart = path("M 0 92 C -30 66 -100 22 -100 -32 C -100 -66 -76 -88 -48 -88 C -26 -88 -8 -76 0 -56"
                + " C 8 -76 26 -88 48 -88 C 76 -88 100 -66 100 -32 C 100 22 30 66 0 92 Z");
        return placed(heart, x, y, width / 200, 0);
    }

    /** A star with that many points. */
    static Shape star(double x, double y, double radius, int points, double inner) {
        Path2D star = new Path2D.Double();
        for (int corner = 0; corner < 2 * points; corner++) {
            double reach = corner % 2 == 0 ? radius : radius * inner;
            double angle = Math.PI * corner / points - Math.PI / 2;
            double cornerX = x + reach * Math.cos(angle);
            double cornerY = y + reach * Math.sin(angle);
            if (corner == 0) {
                star.moveTo(cornerX, cornerY);
            } else {
                star.lineTo(cornerX, cornerY);
            }
        }
        star.closePath();
        return star;
    }

    /** A shape around the origin, made larger, turned by degrees and put somewhere. */
    static Shape placed(Shape shape, double x, double y, double scale, double degrees) {
        AffineTransform move = AffineTransform.getTranslateInstance(x, y);
        move.rotate(Math.toRadians(degrees));
        move.scale(scale, scale);
        return move.createTransformedShape(shape);
    }

    /** What two shapes have in common. */
    static Shape common(Shape one, Shape other) {
        Area area = new Area(one);
        area.intersect(new Area(other));
        return area;
    }

    /** The first shape without the second. */
    static Shape without(Shape one, Shape other) {
        Area area = new Area(one);
        area.subtract(new Area(other));
        return area;
    }

    /** The shape of a line that is so thick, with round ends. */
    static Shape thick(Shape line, double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND).createStrokedShape(line);
    }

    /** The shape of a line that is so thick, whose ends are cut. */
    static Shape band(Shape line, double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER).createStrokedShape(line);
    }
}
