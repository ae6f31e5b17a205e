package org.cartulary.app.demo.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of a product: the same picture always makes the same bytes on the same Java machine. Thread-safe; one that is
 * being drawn needs about 15 MB.
 *
 * @param motif the name of what is drawn; a wrapped present where nobody knows it
 * @param look its colours and pattern
 * @param scene in what surroundings
 * @param seed decides between walls that suit the colours alike
 */
public record ProductPicture(String motif, Look look, Scene scene, int seed) {

    private static final float QUALITY = 0.9f;

    /** Quiet colours for walls. */
    private static final List<Color> WALLS = List.of(
            new Color(0xEF, 0xE3, 0xD6),
            new Color(0xF3, 0xDF, 0xDA),
            new Color(0xDD, 0xE7, 0xE9),
            new Color(0xDF, 0xE8, 0xDB),
            new Color(0xF3, 0xE9, 0xD0),
            new Color(0xE5, 0xE0, 0xEC),
            new Color(0xD7, 0xE0, 0xEA),
            new Color(0xE6, 0xDD, 0xD4));

    /** In what surroundings something is shown. */
    public enum Scene {
        /** Alone. */
        STUDIO,
        /** So near that its pattern is seen. */
        DETAIL
    }

    /** The names of all motifs. */
    public static Set<String> motifs() {
        return Motifs.names();
    }

    /** A JPEG of 1200 by 1200 pixels. */
    public byte[] jpeg() {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image(), null, null), how);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a picture could not be written into memory", e);
        } finally {
            writer.dispose();
        }
    }

    /** The picture as it is painted. */
    BufferedImage image() {
        Motifs.Shown shown = Motifs.of(motif);
        BufferedImage thing = thing();
        BufferedImage picture = new BufferedImage(Studio.PIXELS, Studio.PIXELS, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = Studio.pen(picture);
        try {
            graphics.drawImage(Studio.backdrop(wall(), thing, shown.stance()), 0, 0, Studio.UNITS, Studio.UNITS, null);
            // Without a scale it is only copied, which takes a fraction of the time.
            graphics.setTransform(new AffineTransform());
            graphics.drawImage(thing, 0, 0, null);
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    /** The thing alone, where nothing is around it. */
    BufferedImage thing() {
        BufferedImage layer = Studio.layer();
        Graphics2D graphics = Studio.pen(layer);
        try {
            if (scene == Scene.DETAIL) {
                graphics.translate(-360, -420);
                graphics.scale(1.85, 1.85);
            }
            Motifs.of(motif).motif().paint(new Brush(graphics, look));
        } finally {
            graphics.dispose();
        }
        return layer;
    }

    /** One of the four walls on which the thing is seen best. */
    private Color wall() {
        Color main = look.main().color();
        List<Color> bestFirst = WALLS.stream()
                .sorted(Comparator.comparingDouble(wall -> -contrast(wall, main)))
                .toList();
        return bestFirst.get(Math.floorMod(seed, 4));
    }

    private static double contrast(Color wall, Color main) {
        return Tint.distance(wall, main) + 60 * Math.abs(hue(wall) - hue(main));
    }

    private static double hue(Color color) {
        float[] parts = Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), null);
        return parts[1] < 0.04 ? 0.5 : parts[0];
    }
}
