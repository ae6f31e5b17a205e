package org.cartulary.contracts.secrets;

import org.cartulary.platform.remote.SafeToRepeat;
import org.springframework.web.service.annotation.GetExchange;

/** A service that keeps things that the installation's secret encrypts. Part of its contract. */
public interface KeepsUnderSecret {

    /** What hangs on which secret, over all tenants. */
    @SafeToRepeat
    @GetExchange("/secret-uses")
    SecretUses secretUses();
}
