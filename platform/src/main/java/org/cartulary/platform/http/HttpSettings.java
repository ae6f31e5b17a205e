package org.cartulary.platform.http;

import java.nio.charset.StandardCharsets;

/**
 * What an installation decides about HTTP.
 *
 * @param secret signs cursors and calls between services, at least 32 bytes; the same in every process
 * @param processName how this process is called in the calls that it makes to others
 * @param maxRequestBytes the largest body of a request, of whatever type but pictures
 */
public record HttpSettings(String secret, String processName, int maxRequestBytes) {

    /** The limit of a body where nothing else is said: 4 MiB. */
    public static final int DEFAULT_MAX_REQUEST_BYTES = 4 * 1024 * 1024;

    /** The limit of a body that says it is a picture, where the other one is lower: 10 MiB. */
    public static final int MAX_PICTURE_BYTES = 10 * 1024 * 1024;

    public HttpSettings {
        if (secret.getBytes(StandardCharsets.UTF_8).length < Signatures.MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the secret for HTTP has at least " + Signatures.MIN_SECRET_BYTES + " bytes");
        }
        if (maxRequestBytes < 1) {
            throw new IllegalArgumentException("a request may have at least one byte, not " + maxRequestBytes);
        }
    }

    /** The default limit. */
    public HttpSettings(String secret, String processName) {
        this(secret, processName, DEFAULT_MAX_REQUEST_BYTES);
    }

    byte[] secretBytes() {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "HttpSettings[processName=" + processName + ", maxRequestBytes=" + maxRequestBytes + "]";
    }
}
