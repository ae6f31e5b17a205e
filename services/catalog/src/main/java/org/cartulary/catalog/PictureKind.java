package org.cartulary.catalog;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** The kinds of pictures that are taken. */
enum PictureKind {
    JPEG,
    PNG,
    WEBP;

    private static final int BYTES_OF_A_KIND = 12;

    /** Told by the first bytes; {@code null} for everything else. */
    static @Nullable PictureKind of(byte[] content) {
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

    /** What unpacks them; whoever gets it disposes of it. */
    ImageReader reader() throws IOException {
        return this == WEBP
                ? new WebPImageReaderSpi().createReaderInstance()
                : ImageIO.getImageReadersByFormatName(name()).next();
    }
}
