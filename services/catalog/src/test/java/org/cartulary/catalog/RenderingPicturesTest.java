package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
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
    private static final String WHERE_IT_WAS_TAKEN = "51.5074N 0.1278W";

    private final RenderingPictures rendering = new RenderingPictures();

    private String refusal(byte[] content) {
        return catchThrowableOfType(ProblemException.class, () -> rendering.render(content))
                .code();
    }

    /** A picture that was taken with the camera on its side, which has written down where. */
    private static byte[] fromACamera(byte[] jpeg) {
        byte[] orientation = HexFormat.of()
                .parseHex("457869660000" + "49492a0008000000" + "0100" + "120103000100000006000000" + "00000000");
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
    void aBombIsNotUnpacked() {
        assertThat(refusal(claiming(11_000, 11_000))).isEqualTo("picture-too-large");
        assertThat(refusal(claiming(12_001, 1))).isEqualTo("picture-too-large");
        assertThat(refusal(new byte[RenderingPictures.MAX_BYTES + 1])).isEqualTo("picture-too-large");
    }
}
