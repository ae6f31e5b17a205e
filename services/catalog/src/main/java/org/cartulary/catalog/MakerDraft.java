package org.cartulary.catalog;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.cartulary.platform.http.Legible;
import org.cartulary.platform.http.WebAddress;
import org.jspecify.annotations.Nullable;

/** What a brand or a manufacturer shall be; the logo stays as it is where it is left out. */
record MakerDraft(
        @NotBlank @Size(max = 255) @Legible String name,

        @Nullable @Size(max = 500) @WebAddress(orPath = PictureStore.ADDRESSES)
        String logoUrl) {}
