package org.cartulary.catalog;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pixels of a picture, and how they are to be turned. They are counted before they are unpacked, and of a picture that would take
 * more than {@value #MAX_UNPACKED_BYTES} bytes only every second or third are, each way.
 *
 * @param pixels as they lie in the file
 * @param held how its camera was held; {@code null} where it was upright, or nothing that can be read says so
 */
record UnpackedPicture(BufferedImage pixels, @Nullable Orientation held) {

    static final int MAX_BYTES = 10 * 1024 * 1024;
    static final int MAX_SIDE = 12_000;
    static final int MAX_PIXELS = 24_000_000;

    /** What reads them takes all pixels, whichever are wanted, and up to eight bytes for each. */
    static final int MAX_WEBP_PIXELS = 9_000_000;

    /** Twelve million pixels, as a telephone takes them, with three bytes each. */
    static final int MAX_UNPACKED_BYTES = 36 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(UnpackedPicture.class);

    /**
     * Unpacks a picture.
     *
     * @throws ProblemException 422 {@code picture-too-large} if it has too many pixels
     * @throws IOException if it cannot be read; libraries that read pictures throw exceptions of many other kinds, too
     */
    static UnpackedPicture of(PictureKind kind, byte[] content) throws IOException {
        if (kind == PictureKind.WEBP) {
            WebPFrames.require(content, frame -> requireSmall(frame.width(), frame.height(), MAX_WEBP_PIXELS));
        }
        if (kind == PictureKind.JPEG) {
            JpegMarkers.requireEnd(content);
        }
        ImageReader reader = kind.reader();
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(stream, false, kind != PictureKind.JPEG);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            requireSmall(width, height, kind == PictureKind.WEBP ? MAX_WEBP_PIXELS : MAX_PIXELS);
            Orientation held = kind == PictureKind.JPEG ? held(reader) : null;
            ImageReadParam wanted = reader.getDefaultReadParam();
            // A WebP is unpacked as a whole in any case.
            int each = kind == PictureKind.WEBP ? 1 : oneOf(width, height, bytesOfPixel(reader));
            wanted.setSourceSubsampling(each, each, 0, 0);
            return new UnpackedPicture(reader.read(0, wanted), held);
        } finally {
            reader.dispose();
        }
    }

    private static void requireSmall(int width, int height, int maxPixels) {
        if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > maxPixels) {
            throw tooLarge();
        }
    }

    /** The refusal of a picture with too many bytes or pixels. */
    static ProblemException tooLarge() {
        return ProblemException.unprocessable(
                "picture-too-large",
                "a picture has at most " + MAX_BYTES + " bytes, " + MAX_PIXELS + " pixels (a WebP " + MAX_WEBP_PIXELS
                        + "), and " + MAX_SIDE + " pixels each way");
    }

    /** One of how many pixels is unpacked, each way, so that they fit. */
    static int oneOf(int width, int height, int bytesOfPixel) {
        int each = 1;
        while (Math.ceilDiv((long) width, each) * Math.ceilDiv((long) height, each) * bytesOfPixel
                > MAX_UNPACKED_BYTES) {
            each++;
        }
        return each;
    }

    private static int bytesOfPixel(ImageReader reader) throws IOException {
        SampleModel samples = reader.getImageTypes(0).next().getSampleModel();
        return samples.getNumDataElements() * DataBuffer.getDataTypeSize(samples.getDataType()) / Byte.SIZE;
    }

    private static @Nullable Orientation held(ImageReader reader) {
        try {
            Orientation held = ExifUtils.getExifOrientation(reader, 0);
            return held == Orientation.TOP_LEFT ? null : held;
        } catch (IOException | RuntimeException e) {
            LOG.debug("what a camera has written cannot be read", e);
            return null;
        }
    }

    /** The picture, which may have been made smaller meanwhile, as its camera was held. */
    BufferedImage upright(BufferedImage picture) {
        return held == null
                ? picture
                : ExifFilterUtils.getFilterForOrientation(held).apply(picture);
    }
}
