package org.cartulary.app.demo.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.cartulary.app.demo.pictures.ProductPicture.Scene;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("CAT-01")
final class ProductPictureTest {

    private static final Look LOOK = new Look(Tint.RED, Tint.WHITE, Pattern.SPOTS);

    static Stream<String> motifs() {
        return ProductPicture.motifs().stream();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @ParameterizedTest
    @MethodSource("motifs")
    void everyMotifPaintsSomethingAndStaysInsideOfThePicture(String motif) {
        BufferedImage thing = new ProductPicture(motif, LOOK, Scene.STUDIO, 1).thing();

        int size = thing.getWidth();
        int[] pixels = pixels(thing);
        long painted = Arrays.stream(pixels).filter(pixel -> pixel >>> 24 > 200).count();
        assertThat(painted).isBetween((long) pixels.length / 100, (long) pixels.length * 3 / 4);
        for (int place = 0; place < size; place++) {
            assertThat(pixels[place] >>> 24).as("above").isZero();
            assertThat(pixels[(size - 1) * size + place] >>> 24).as("below").isZero();
            assertThat(pixels[place * size] >>> 24).as("left").isZero();
            assertThat(pixels[place * size + size - 1] >>> 24).as("right").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Pattern.class)
    void everyPatternButThePlainOneShowsBothColours(Pattern pattern) {
        Look look = new Look(Tint.NAVY, Tint.WHITE, pattern);
        BufferedImage cloth = Studio.layer();
        var pen = Studio.pen(cloth);
        new Brush(pen, look).fill(Shapes.box(0, 0, Studio.UNITS, Studio.UNITS), look.cloth(1));
        pen.dispose();

        assertThat(Arrays.stream(pixels(cloth))
                        .anyMatch(pixel -> pixel == Tint.NAVY.color().getRGB()))
                .isTrue();
        assertThat(Arrays.stream(pixels(cloth)).distinct().count() > 1).isEqualTo(pattern != Pattern.PLAIN);
    }

    @Test
    void theSamePictureIsAlwaysTheSameBytes() {
        ProductPicture picture = new ProductPicture("teapot", LOOK, Scene.STUDIO, 7);

        assertThat(picture.jpeg()).isEqualTo(new ProductPicture("teapot", LOOK, Scene.STUDIO, 7).jpeg());
        assertThat(picture.jpeg()).isNotEqualTo(new ProductPicture("teapot", LOOK, Scene.DETAIL, 7).jpeg());
    }

    @Test
    void aPictureIsAJpegOfTwelveHundredPixelsASide() throws IOException {
        byte[] jpeg = new ProductPicture("lantern", LOOK, Scene.STUDIO, 3).jpeg();

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(read.getWidth()).isEqualTo(1200);
        assertThat(read.getHeight()).isEqualTo(1200);
        assertThat(jpeg).hasSizeBetween(20_000, 400_000);
    }

    @Test
    void whatNobodyKnowsIsAWrappedPresent() {
        assertThat(pixels(new ProductPicture("submarine", LOOK, Scene.STUDIO, 1).thing()))
                .isEqualTo(pixels(new ProductPicture("gift", LOOK, Scene.STUDIO, 1).thing()));
    }
}
