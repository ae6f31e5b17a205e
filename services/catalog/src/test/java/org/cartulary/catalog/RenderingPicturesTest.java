package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.cartulary.platform.http.ProblemException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CAT-01")
class RenderingPicturesTest {

    private static final byte[] WEBP =
            Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    private static final int JFIF_ENDS = 20;
    private static final int ANIMATED = 2;
    private static final String WHERE_IT_WAS_TAKEN = "51.5074N 0.1278W";

    private final RenderingPictures rendering = new RenderingPictures();

    private String refusal(byte[] content) {
        return catchThrowableOfType(ProblemException.class, () -> rendering.render(content))
                .code();
    }

    /** A picture that was taken with the camera on its side, which has written down where. */
    private static byte[] fromACamera(byte[] jpeg) {
        return fromACamera(
                jpeg,
                HexFormat.of()
                        .parseHex("457869660000" + "49492a0008000000" + "0100" + "120103000100000006000000"
                                + "00000000"));
    }

    private static byte[] fromACamera(byte[] jpeg, byte[] orientation) {
        byte[] where = WHERE_IT_WAS_TAKEN.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(jpeg.length + 4 + orientation.length + where.length)
                .put(jpeg, 0, JFIF_ENDS)
                .putShort((short) 0xFFE1)
                .putShort((short) (2 + orientation.length + where.length))
                .put(orientation)
                .put(where)
                .put(jpeg, JFIF_ENDS, jpeg.length - JFIF_ENDS)
                .array();
    }

    /** A picture that says it is that large, in a few bytes. */
    private static byte[] claiming(int width, int height) {
        byte[] png = Pictures.png(1, 1, BufferedImage.TYPE_INT_RGB, 0);
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
        return png;
    }

    @Test
    void everySizeIsMadeAndNoneIsEnlarged() {
        List<RenderedPicture> large = rendering.render(Pictures.jpeg(2000, 1000));
        assertThat(large).extracting(RenderedPicture::width).containsExactly(1600, 800, 400, 160);
        assertThat(large).extracting(RenderedPicture::height).containsExactly(800, 400, 200, 80);
        assertThat(rendering.render(Pictures.jpeg(300, 500)))
                .extracting(RenderedPicture::height)
                .containsExactly(500, 500, 400, 160);
        for (RenderedPicture size : large) {
            assertThat(Pictures.decoded(size.content()).getWidth()).isEqualTo(size.width());
            assertThat(size.mediaType()).isEqualTo("image/jpeg");
        }
        assertThat(rendering.render(Pictures.jpeg(3000, 1)).getFirst().height()).isOne();
    }

    @Test
    void whatIsTransparentStaysSoAndWebPIsRead() {
        RenderedPicture transparent = rendering
                .render(Pictures.png(20, 20, BufferedImage.TYPE_INT_ARGB, 0))
                .getFirst();
        assertThat(transparent.mediaType()).isEqualTo("image/png");
        assertThat(Pictures.decoded(transparent.content()).getRGB(5, 5) >>> 24).isZero();
        assertThat(rendering.render(WEBP)).hasSize(4).allMatch(size -> size.width() == 1);
    }

    @Test
    void aPictureIsTurnedAndSaysNotWhereItWasTaken() {
        List<RenderedPicture> upright = rendering.render(fromACamera(Pictures.jpeg(300, 200)));
        assertThat(upright.getFirst().width()).isEqualTo(200);
        assertThat(upright.getFirst().height()).isEqualTo(300);
        assertThat(upright)
                .noneMatch(
                        size -> new String(size.content(), StandardCharsets.ISO_8859_1).contains(WHERE_IT_WAS_TAKEN));
    }

    @Test
    void whatIsNoPictureWhateverItIsCalledIsRefused() {
        assertThat(refusal("<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("unsupported-picture");
        assertThat(refusal("GIF89a and something more".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("unsupported-picture");
        assertThat(refusal(new byte[0])).isEqualTo("unsupported-picture");
        assertThat(refusal(Arrays.copyOf(Pictures.png(50, 50, BufferedImage.TYPE_INT_RGB, 1), 60)))
                .isEqualTo("unsupported-picture");
        assertThat(refusal(Arrays.copyOf(WEBP, 30))).isEqualTo("unsupported-picture");
    }

    @Test
    void aPictureOfWhichOnlyAPartHasComeIsRefused() {
        byte[] jpeg = Pictures.jpeg(300, 200);
        for (byte[] whole : List.of(jpeg, fromACamera(jpeg), Pictures.png(300, 200, BufferedImage.TYPE_INT_RGB, 7))) {
            for (int percent : List.of(10, 50, 90)) {
                assertThat(refusal(Arrays.copyOf(whole, whole.length * percent / 100)))
                        .as("%d %%", percent)
                        .isEqualTo("unsupported-picture");
            }
        }
        assertThat(refusal(Arrays.copyOf(jpeg, jpeg.length - 1))).isEqualTo("unsupported-picture");
        assertThat(rendering.render(Arrays.copyOf(jpeg, jpeg.length + 500)))
                .as("with something of the camera's behind it")
                .hasSize(4);
    }

    @Test
    void whatACameraHasWrittenWrongIsLeftAside() {
        // It ends in between, although it promises 255 notes.
        byte[] notes = HexFormat.of().parseHex("457869660000" + "49492a0008000000" + "ff00");
        assertThat(rendering.render(fromACamera(Pictures.jpeg(300, 200), notes)))
                .extracting(RenderedPicture::width)
                .startsWith(300);
    }

    @Test
    void aProfileOfColoursThatIsNoneMakesNoFault() {
        byte[] profile = ("ICC_PROFILE\0\1\1" + "x".repeat(200)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] picture = Pictures.jpeg(30, 20);
        byte[] odd = ByteBuffer.allocate(picture.length + 4 + profile.length)
                .put(picture, 0, JFIF_ENDS)
                .putShort((short) 0xFFE2)
                .putShort((short) (2 + profile.length))
                .put(profile)
                .put(picture, JFIF_ENDS, picture.length - JFIF_ENDS)
                .array();
        assertThat(catchThrowable(() -> rendering.render(odd)))
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        refusal ->
                                assertThat(((ProblemException) refusal).code()).isEqualTo("unsupported-picture"));
    }

    @Test
    void ofAPictureThatWouldTakeTooMuchMemoryOnlySomePixelsAreUnpacked() throws IOException {
        assertThat(UnpackedPicture.oneOf(4032, 3024, 3)).isOne();
        assertThat(UnpackedPicture.oneOf(4899, 4898, 8)).isEqualTo(3);
        byte[] deep = Pictures.deepPng(4000, 3000);
        long before = allocated();
        List<RenderedPicture> sizes = rendering.render(deep);
        assertThat(allocated() - before)
                .as("bytes; unpacked they would be 96 million")
                .isLessThan(90_000_000);
        assertThat(sizes).extracting(RenderedPicture::width).containsExactly(1600, 800, 400, 160);
        assertThat(sizes.getFirst().height()).isEqualTo(1200);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** A WebP of several parts, whose canvas is that large. */
    private static byte[] extended(int flags, int width, int height, byte[] parts) {
        return ByteBuffer.allocate(30 + parts.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(22 + parts.length)
                .put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII))
                .putInt(10)
                .put((byte) flags)
                .putInt(24, width - 1)
                .putInt(27, height - 1)
                .put(30, parts)
                .array();
    }

    /** The frame of a WebP that says it is that large. */
    private static byte[] frame(int width, int height) {
        byte[] frame = Arrays.copyOfRange(WEBP, 12, WEBP.length);
        ByteBuffer.wrap(frame)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(14, (short) width)
                .putShort(16, (short) height);
        return frame;
    }

    /** A frame that is moved across the canvas, at its upper left corner. */
    private static byte[] moved(int width, int height, byte[] frame) {
        return ByteBuffer.allocate(24 + frame.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("ANMF".getBytes(StandardCharsets.US_ASCII))
                .putInt(16 + frame.length)
                .putInt(14, width - 1)
                .putInt(17, height - 1)
                .put(24, frame)
                .array();
    }

    @Test
    void framesOfAWebPAreAsLargeAsTheySay() {
        assertThat(rendering.render(extended(0, 1, 1, frame(1, 1)))).allMatch(size -> size.width() == 1);
        assertThat(rendering.render(extended(ANIMATED, 1, 1, moved(1, 1, frame(1, 1)))))
                .allMatch(size -> size.width() == 1);
        assertThat(refusal(extended(0, 2, 2, frame(1, 1)))).isEqualTo("unsupported-picture");
        assertThat(refusal(extended(ANIMATED, 2, 2, moved(2, 2, frame(1, 1))))).isEqualTo("unsupported-picture");
        byte[] twice = ByteBuffer.allocate(2 * frame(1, 1).length)
                .put(frame(1, 1))
                .put(frame(1, 1))
                .array();
        assertThat(refusal(extended(0, 1, 1, twice))).isEqualTo("unsupported-picture");
    }

    @Test
    void aBombIsNotUnpacked() {
        assertThat(refusal(claiming(11_000, 11_000))).isEqualTo("picture-too-large");
        assertThat(refusal(claiming(12_001, 1))).isEqualTo("picture-too-large");
        assertThat(refusal(new byte[UnpackedPicture.MAX_BYTES + 1])).isEqualTo("picture-too-large");
    }

    @Test
    void aBombInsideOfAWebPIsNotUnpacked() {
        assertThat(refusal(extended(0, 1, 1, frame(16_383, 16_383)))).isEqualTo("picture-too-large");
        assertThat(refusal(extended(0, 16_000, 16_000, frame(1, 1)))).isEqualTo("picture-too-large");
        assertThat(refusal(extended(ANIMATED, 1, 1, moved(1, 1, frame(16_383, 16_383)))))
                .isEqualTo("picture-too-large");
        assertThat(refusal(extended(ANIMATED, 1, 1, moved(16_000, 16_000, frame(1, 1)))))
                .isEqualTo("picture-too-large");
    }
}
