package org.cartulary.catalog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A brand or a manufacturer. */
record MakerView(
        UUID id, String slug, String name, @Nullable String logoUrl, long version) {}
