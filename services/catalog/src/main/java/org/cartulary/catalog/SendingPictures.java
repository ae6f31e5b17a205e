package org.cartulary.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.files.ContentHash;
import org.cartulary.platform.files.FileStore;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Adds pictures to products. First the files are said to be needed, then they are written, then the rows are that refer to them: there is
 * no row without its file, and a file without a row is swept. Thread-safe.
 */
final class SendingPictures {

    private static final int MAX_ALT_TEXT = 255;

    private final RenderingPictures rendering;
    private final PictureStore pictures;
    private final FileStore files;

    SendingPictures(RenderingPictures rendering, PictureStore pictures, FileStore files) {
        this.rendering = rendering;
        this.pictures = pictures;
        this.files = files;
    }

    /**
     * Adds the picture to a product that the caller can write, in all sizes.
     *
     * @return its id
     * @throws ProblemException 404 {@code product-not-found}; 422 {@code picture-too-large}, {@code unsupported-picture}, {@code
     *     invalid-alt-text} or {@code too-many-images}
     */
    UUID send(UUID productId, byte[] content, @Nullable String altText, boolean primary) {
        if (altText != null && altText.length() > MAX_ALT_TEXT) {
            String detail = "an alternative text has at most " + MAX_ALT_TEXT + " characters";
            throw ProblemException.unprocessable("invalid-alt-text", detail).with("?altText", "too-long", detail);
        }
        Database.requireNoTransaction("the making of pictures");
        List<RenderedPicture> sizes = rendering.render(content);
        pictures.claim(sizes);
        UUID shop = RequestContext.currentTenant();
        // Of a small picture several sizes are the same.
        Set<ContentHash> written = new HashSet<>();
        for (RenderedPicture size : sizes) {
            if (written.add(size.hash())) {
                files.write(shop, size.hash(), size.content());
            }
        }
        return pictures.add(productId, ContentHash.of(content), sizes, altText, primary);
    }
}
