package org.cartulary.platform.secrets;

import org.jspecify.annotations.Nullable;

/** What is kept hangs on a secret that this process does not know. The message says which, and which it knows. */
public final class UnknownSecretException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * Says of which thing.
     *
     * @param what such as {@code the key of the shop 42}
     * @param known those of this process
     */
    public UnknownSecretException(String what, InstallationSecrets known, @Nullable Throwable cause) {
        super(message(what, "a secret", known), cause);
    }

    /**
     * Says of which thing, and on which secret it hangs.
     *
     * @param what such as {@code the key of the shop 42}
     * @param secretId the id of that secret
     * @param known those of this process
     */
    public UnknownSecretException(String what, String secretId, InstallationSecrets known) {
        super(message(what, "the secret " + secretId, known));
    }

    private static String message(String what, String secret, InstallationSecrets known) {
        return what + " cannot be unwrapped: it was encrypted by " + secret
                + " that this process does not know, or was changed; it knows " + known
                + ": say the missing one in cartulary.other-secrets";
    }
}
