package org.cartulary.checkout;

import org.jspecify.annotations.Nullable;

/** How a completion ended, as it is stored under its idempotency key: either of the two. */
record CompletionAnswer(
        @Nullable PlacedOrder order, @Nullable Refusal refusal) {}
