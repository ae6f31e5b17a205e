package org.cartulary.catalog;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.testing.Contexts;

/** Pictures to send in tests. */
final class Pictures {

    private Pictures() {}

    static byte[] png(int width, int height, int type, int colour) {
        return encoded("png", width, height, type, colour);
    }

    static byte[] jpeg(int width, int height) {
        return encoded("jpg", width, height, BufferedImage.TYPE_INT_RGB, 0x336699);
    }

    private static byte[] encoded(String format, int width, int height, int type, int colour) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int x = 0; x < width; x++) {
            image.setRGB(x, 0, colour);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static BufferedImage decoded(byte[] picture) {
        try {
            return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(picture)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RequestContext asVendor(UUID tenant, UUID vendor) {
        RequestContext staff = Contexts.staff(tenant);
        Principal person = new Principal(Principal.Kind.VENDOR, UUID.randomUUID(), Set.of()).actingFor(vendor);
        return new RequestContext(staff.tenantId(), person, staff.traceId());
    }
}
