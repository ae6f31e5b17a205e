package org.cartulary.contracts.secrets;

/**
 * How many things of a kind are encrypted by a secret.
 *
 * @param kind such as {@code signing-keys}
 * @param secretId the id of the secret; {@link #UNKNOWN}; {@link #NOT_LOOKED_AT}
 * @param count at least one
 */
public record SecretUse(String kind, String secretId, long count) {

    /** A process has found that no secret that it knew encrypted them. */
    public static final String UNKNOWN = "unknown";

    /** An older version wrote them, and the job that looks after them has not come by yet. */
    public static final String NOT_LOOKED_AT = "not-looked-at";
}
