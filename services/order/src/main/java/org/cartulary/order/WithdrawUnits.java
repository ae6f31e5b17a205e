package org.cartulary.order;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Says that units will not be sent. Their money is given back by a refund.
 *
 * @param reason why, as a code, such as {@code damaged}
 */
record WithdrawUnits(
        @NotNull @Size(min = 1, max = 10_000) List<@NotNull @Valid SentUnits> lines,
        @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,62}") String reason) {}
