package org.cartulary.contracts.secrets;

import java.util.List;

/**
 * What hangs on which secret in one service.
 *
 * @param used the id of the secret by which the process that answers encrypts
 * @param understood the ids of those that it knows beside it
 * @param uses of each kind and secret, where there is anything
 */
public record SecretUses(String used, List<String> understood, List<SecretUse> uses) {

    public SecretUses {
        understood = List.copyOf(understood);
        uses = List.copyOf(uses);
    }
}
