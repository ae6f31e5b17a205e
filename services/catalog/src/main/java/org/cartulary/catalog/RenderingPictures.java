package org.cartulary.catalog;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the sizes of a picture. What it is, is told by its content; its pixels are counted before they are unpacked; and since every
 * size is written anew, nothing is kept of what a camera has written into it. One picture at a time is unpacked in a process, as each
 * may take {@value #MAX_PIXELS} times four bytes. Thread-safe.
 */
final class RenderingPictures {

    /** The sizes that are made, the largest first. */
    static final List<Integer> SIZES = List.of(1600, 800, 400, 160);

    static final int MAX_BYTES = 10 * 1024 * 1024;
    static final int MAX_PIXELS = 24_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(RenderingPictures.class);
    private static final int MAX_SIDE = 12_000;
    private static final double QUALITY = 0.85;
    private static final int BYTES_OF_A_KIND = 12;

    private final Semaphore atWork = new Semaphore(1, true);

    /** The kinds of pictures that are taken. */
    private enum Kind {
        JPEG,
        PNG,
        WEBP;

        /** Told by the first bytes; {@code null} for everything else. */
        static @Nullable Kind of(byte[] content) {
            if (content.length < BYTES_OF_A_KIND) {
                return null;
            }
            if (begins(content, 0, 0xFF, 0xD8, 0xFF)) {
                return JPEG;
            }
            if (begins(content, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
                return PNG;
            }
            return begins(content, 0, 'R', 'I', 'F', 'F') && begins(content, 8, 'W', 'E', 'B', 'P') ? WEBP : null;
        }

        private static boolean begins(byte[] content, int from, int... wanted) {
            for (int i = 0; i < wanted.length; i++) {
                if ((content[from + i] & 0xFF) != wanted[i]) {
                    return false;
                }
            }
            return true;
        }

        ImageReader reader() throws IOException {
            return this == WEBP
                    ? new WebPImageReaderSpi().createReaderInstance()
                    : ImageIO.getImageReadersByFormatName(name()).next();
        }
    }

    /**
     * The picture in all sizes, the largest first, none of which is larger than it was.
     *
     * @throws ProblemException 422 {@code picture-too-large} if it has too many bytes or pixels, or {@code unsupported-picture} if it
     *     is no JPEG, PNG or WebP, or is broken
     */
    List<RenderedPicture> render(byte[] content) {
        if (content.length > MAX_BYTES) {
            throw tooLarge();
        }
        Kind kind = Kind.of(content);
        if (kind == null) {
            throw unsupported(null);
        }
        atWork.acquireUninterruptibly();
        try {
            return rendered(upright(kind, content));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw unsupported(e);
        } finally {
            atWork.release();
        }
    }

    /** The pixels of the picture, turned as its camera was held. */
    private static BufferedImage upright(Kind kind, byte[] content) throws IOException {
        ImageReader reader = kind.reader();
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(stream, false, kind != Kind.JPEG);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
                throw tooLarge();
            }
            Orientation held = kind == Kind.JPEG ? held(reader) : null;
            BufferedImage read = reader.read(0);
            return held == null
                    ? read
                    : ExifFilterUtils.getFilterForOrientation(held).apply(read);
        } finally {
            reader.dispose();
        }
    }

    /** How the camera was held; {@code null} where it was upright, or nothing that can be read says so. */
    private static @Nullable Orientation held(ImageReader reader) {
        try {
            Orientation held = ExifUtils.getExifOrientation(reader, 0);
            return held == Orientation.TOP_LEFT ? null : held;
        } catch (IOException e) {
            LOG.debug("what a camera has written cannot be read", e);
            return null;
        }
    }

    private static List<RenderedPicture> rendered(BufferedImage picture) throws IOException {
        boolean transparent = picture.getColorModel().hasAlpha();
        List<RenderedPicture> sizes = new ArrayList<>();
        BufferedImage last = picture;
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

    private static ProblemException tooLarge() {
        return ProblemException.unprocessable(
                "picture-too-large",
                "a picture has at most " + MAX_BYTES + " bytes, " + MAX_PIXELS + " pixels, and " + MAX_SIDE
                        + " pixels each way");
    }

    private static ProblemException unsupported(@Nullable Exception cause) {
        if (cause != null) {
            LOG.debug("a picture cannot be read", cause);
        }
        return ProblemException.unprocessable(
                "unsupported-picture", "a picture is a JPEG, PNG or WebP that can be read");
    }
}
