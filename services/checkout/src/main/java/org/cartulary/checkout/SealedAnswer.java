package org.cartulary.checkout;

import java.util.UUID;

/** What is kept of an answer that names people, for whoever repeats the request: the checkout, sealed. */
record SealedAnswer(UUID checkoutId, String viewSealed) {}
