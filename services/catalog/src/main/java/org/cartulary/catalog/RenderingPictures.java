package org.cartulary.catalog;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.coobird.thumbnailator.Thumbnails;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the sizes of a picture. What it is, is told by its content; its pixels are counted before they are unpacked; and since every
 * size is written anew, nothing is kept of what a camera has written into it. One picture at a time is unpacked in a process, as each
 * may take up to 100 MB, and at most {@value #MAX_WAITING} wait for it. Thread-safe.
 */
final class RenderingPictures {

    /** The sizes that are made, the largest first. */
    static final List<Integer> SIZES = List.of(1600, 800, 400, 160);

    private static final Logger LOG = LoggerFactory.getLogger(RenderingPictures.class);
    private static final double QUALITY = 0.85;
    private static final int MAX_WAITING = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PictureTurns turns;

    RenderingPictures() {
        this(new PictureTurns(MAX_WAITING, PATIENCE));
    }

    RenderingPictures(PictureTurns turns) {
        this.turns = turns;
    }

    /**
     * The picture in all sizes, the largest first, none of which is larger than it was.
     *
     * @throws ProblemException 422 {@code picture-too-large} if it has too many bytes or pixels, or {@code unsupported-picture} if it
     *     is no JPEG, PNG or WebP, or is broken; 503 {@code overloaded} if too many wait
     */
    List<RenderedPicture> render(byte[] content) {
        if (content.length > UnpackedPicture.MAX_BYTES) {
            throw UnpackedPicture.tooLarge();
        }
        PictureKind kind = PictureKind.of(content);
        if (kind == null) {
            throw unsupported(null);
        }
        return turns.take(() -> rendered(kind, content));
    }

    /** Whatever a library throws at a picture that comes from anywhere, it is the picture that it cannot read. */
    private static List<RenderedPicture> rendered(PictureKind kind, byte[] content) {
        try {
            return rendered(UnpackedPicture.of(kind, content));
        } catch (ProblemException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unsupported(e);
        }
    }

    private static List<RenderedPicture> rendered(UnpackedPicture unpacked) throws IOException {
        BufferedImage picture = unpacked.pixels();
        boolean transparent = picture.getColorModel().hasAlpha();
        List<RenderedPicture> sizes = new ArrayList<>();
        // Turned when it is small already, since that copies it.
        BufferedImage last = unpacked.upright(within(SIZES.getFirst(), picture, transparent));
        for (int size : SIZES) {
            last = within(size, last, transparent);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Thumbnails.of(last)
                    .scale(1)
                    .outputFormat(transparent ? "png" : "jpg")
                    .outputQuality(QUALITY)
                    .toOutputStream(bytes);
            String mediaType = transparent ? "image/png" : "image/jpeg";
            sizes.add(new RenderedPicture(size, last.getWidth(), last.getHeight(), mediaType, bytes.toByteArray()));
        }
        return sizes;
    }

    private static BufferedImage within(int size, BufferedImage picture, boolean transparent) throws IOException {
        int type = transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        if (picture.getWidth() <= size && picture.getHeight() <= size) {
            return picture.getType() == type
                    ? picture
                    : Thumbnails.of(picture).scale(1).imageType(type).asBufferedImage();
        }
        return Thumbnails.of(picture).size(size, size).imageType(type).asBufferedImage();
    }

    private static ProblemException unsupported(@Nullable Exception cause) {
        if (cause != null) {
            LOG.debug("a picture cannot be read", cause);
        }
        return ProblemException.unprocessable(
                "unsupported-picture", "a picture is a JPEG, PNG or WebP that can be read");
    }
}
