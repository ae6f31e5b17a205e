package org.cartulary.app.demo.pictures;

import static org.cartulary.app.demo.pictures.Shapes.box;
import static org.cartulary.app.demo.pictures.Shapes.disc;
import static org.cartulary.app.demo.pictures.Shapes.heart;
import static org.cartulary.app.demo.pictures.Shapes.path;
import static org.cartulary.app.demo.pictures.Shapes.placed;
import static org.cartulary.app.demo.pictures.Shapes.star;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.TexturePaint;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;

/** What is printed on things: a tile that is repeated. */
public enum Pattern {
    PLAIN(10) {
        @Override
        void stamp(Tile tile) {}
    },
    SPOTS(64) {
        @Override
        void stamp(Tile tile) {
            tile.add(disc(16, 16, 9), tile.accent());
            tile.add(disc(48, 48, 9), tile.accent());
        }
    },
    RETROSPOT(104) {
        @Override
        void stamp(Tile tile) {
            tile.add(disc(26, 26, 21), tile.accent());
            tile.add(disc(78, 78, 21), tile.accent());
        }
    },
    STRIPES(56) {
        @Override
        void stamp(Tile tile) {
            tile.add(box(14, -1, 24, 58), tile.accent());
            tile.add(box(46, -1, 3, 58), tile.accent());
        }
    },
    GINGHAM(56) {
        @Override
        void stamp(Tile tile) {
            tile.add(box(0, -1, 28, 58), Tint.faint(tile.accent(), 0.5));
            tile.add(box(-1, 0, 58, 28), Tint.faint(tile.accent(), 0.5));
        }
    },
    HEARTS(96) {
        @Override
        void stamp(Tile tile) {
            tile.add(heart(24, 24, 32), tile.accent());
            tile.add(heart(72, 72, 32), tile.accent());
        }
    },
    STARS(100) {
        @Override
        void stamp(Tile tile) {
            tile.add(star(25, 26, 20, 5, 0.45), tile.accent());
            tile.add(star(75, 74, 20, 5, 0.45), tile.accent());
            tile.add(disc(75, 24, 5), tile.accent());
            tile.add(disc(25, 76, 5), tile.accent());
        }
    },
    FLORAL(160) {
        @Override
        void stamp(Tile tile) {
            Figures.rose(tile, 44, 44, 30);
            Figures.rose(tile, 124, 120, 26);
            Figures.daisy(tile, 122, 38, 13);
            Figures.daisy(tile, 42, 124, 13);
        }
    },
    DAISIES(92) {
        @Override
        void stamp(Tile tile) {
            Figures.daisy(tile, 23, 23, 17);
            Figures.daisy(tile, 69, 69, 17);
        }
    },
    PAISLEY(150) {
        @Override
        void stamp(Tile tile) {
            Figures.paisley(tile, 42, 48, 1, 20);
            Figures.paisley(tile, 116, 118, 1, 200);
            Figures.daisy(tile, 118, 38, 10);
            Figures.daisy(tile, 40, 122, 10);
        }
    },
    LEAVES(120) {
        @Override
        void stamp(Tile tile) {
            Figures.sprig(tile, 34, 36, 30);
            Figures.sprig(tile, 92, 94, -40);
        }
    },
    LACE(132) {
        @Override
        void stamp(Tile tile) {
            Figures.doily(tile, 34, 34, 30);
            Figures.doily(tile, 100, 100, 30);
            tile.add(disc(100, 34, 5), tile.accent());
            tile.add(disc(34, 100, 5), tile.accent());
        }
    },
    APPLES(124) {
        @Override
        void stamp(Tile tile) {
            Figures.apple(tile, 32, 36);
            Figures.apple(tile, 94, 98);
        }
    },
    BERRIES(110) {
        @Override
        void stamp(Tile tile) {
            Figures.strawberry(tile, 28, 30);
            Figures.strawberry(tile, 83, 85);
        }
    },
    WOODLAND(150) {
        @Override
        void stamp(Tile tile) {
            Figures.toadstool(tile, 40, 42);
            Figures.fir(tile, 114, 40);
            Figures.fir(tile, 40, 116);
            Figures.toadstool(tile, 114, 118);
        }
    },
    SPACE(160) {
        @Override
        void stamp(Tile tile) {
            Figures.planet(tile, 42, 46);
            Figures.rocket(tile, 122, 118);
            tile.add(star(122, 36, 14, 5, 0.45), tile.accent());
            tile.add(star(40, 122, 14, 5, 0.45), tile.accent());
        }
    },
    OWLS(140) {
        @Override
        void stamp(Tile tile) {
            Figures.owl(tile, 36, 38);
            Figures.owl(tile, 106, 108);
        }
    },
    FLAG(300) {
        @Override
        void stamp(Tile tile) {
            Figures.crosses(tile, 300);
        }
    };

    private final int size;

    Pattern(int size) {
        this.size = size;
    }

    /** Draws what is in a tile. */
    abstract void stamp(Tile tile);

    /** The pattern of this name, in small letters. */
    public static Pattern of(String name) {
        return Arrays.stream(values())
                .filter(pattern -> pattern.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pattern is called " + name));
    }

    /** The pattern in two colours, so much larger than usual. */
    Paint paint(Color main, Color accent, double scale) {
        if (this == PLAIN) {
            return main;
        }
        double units = size * scale;
        int pixels = (int) Math.round(units * Studio.PIXELS_PER_UNIT);
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setPaint(main);
            graphics.fillRect(0, 0, pixels, pixels);
            graphics.scale((double) pixels / size, (double) pixels / size);
            stamp(new Tile(graphics, size, main, accent));
        } finally {
            graphics.dispose();
        }
        return new TexturePaint(image, new Rectangle2D.Double(0, 0, units, units));
    }

    /** The tile while it is drawn: whatever leaves it on one side comes in on the other. */
    record Tile(Graphics2D graphics, int size, Color main, Color accent) {

        /** Draws a shape. */
        void add(Shape shape, Color color) {
            graphics.setPaint(color);
            for (int x = -size; x <= size; x += size) {
                for (int y = -size; y <= size; y += size) {
                    graphics.fill(placed(shape, x, y, 1, 0));
                }
            }
        }

        /** Draws a shape in the notation of SVG around a place. */
        void add(String notation, double x, double y, double scale, double degrees, Color color) {
            add(placed(path(notation), x, y, scale, degrees), color);
        }

        /** The second colour with so much of the first in it. */
        Color between(double share) {
            return Tint.mixed(accent, main, share);
        }
    }
}
