package org.cartulary.catalog;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.platform.http.WebAddress;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a product.
 *
 * @param url elsewhere on the web, or of a picture that was sent
 * @param primary whether lists and carts show it; the first picture where none is marked
 */
record ImageDraft(
        @NotBlank @Size(max = 500) @WebAddress(orPath = PictureStore.ADDRESSES)
        String url,

        @Nullable @Size(max = 255) String altText,
        @Nullable Boolean primary) {

    /** A picture with an identifier for its row. */
    record Identified(UUID id, String url, @Nullable String altText, boolean primary) {}

    boolean isMarked() {
        return Boolean.TRUE.equals(primary);
    }

    static @Nullable List<Identified> identified(@Nullable List<ImageDraft> images) {
        if (images == null) {
            return null;
        }
        boolean marked = images.stream().anyMatch(ImageDraft::isMarked);
        return IntStream.range(0, images.size())
                .mapToObj(place -> {
                    ImageDraft image = images.get(place);
                    return new Identified(Ids.next(), image.url, image.altText, marked ? image.isMarked() : place == 0);
                })
                .toList();
    }
}
