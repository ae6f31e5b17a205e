package org.cartulary.platform.saga;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Why a saga is undone, as it is stored. */
record Refusal(int step, String code, String detail) {

    static Refusal read(JsonMapper json, @Nullable String stored) {
        if (stored == null) {
            throw new IllegalStateException("a saga that is undone says why");
        }
        return json.readValue(stored, Refusal.class);
    }
}
