package org.cartulary.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an installation decides about HTTP.
 *
 * @param secrets the first signs cursors and calls between services; what was signed with the others is taken as well; each of at
 *     least 32 bytes, and every process knows the first of every other one
 * @param processName how this process is called in the calls that it makes to others
 * @param maxRequestBytes the largest body of a request, of whatever type but pictures
 */
public record HttpSettings(List<String> secrets, String processName, int maxRequestBytes) {

    /** The limit of a body where nothing else is said: 4 MiB. */
    public static final int DEFAULT_MAX_REQUEST_BYTES = 4 * 1024 * 1024;

    /** The limit of a body that says it is a picture, where the other one is lower: 10 MiB. */
    public static final int MAX_PICTURE_BYTES = 10 * 1024 * 1024;

    public HttpSettings {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()
                || secrets.stream()
                        .anyMatch(secret ->
                                secret.getBytes(StandardCharsets.UTF_8).length < Signatures.MIN_SECRET_BYTES)) {
            throw new IllegalArgumentException(
                    "each secret for HTTP has at least " + Signatures.MIN_SECRET_BYTES + " bytes");
        }
        if (maxRequestBytes < 1) {
            throw new IllegalArgumentException("a request may have at least one byte, not " + maxRequestBytes);
        }
    }

    /** The default limit. */
    public HttpSettings(List<String> secrets, String processName) {
        this(secrets, processName, DEFAULT_MAX_REQUEST_BYTES);
    }

    List<byte[]> secretsInBytes() {
        return secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "HttpSettings[processName=" + processName + ", maxRequestBytes=" + maxRequestBytes + "]";
    }
}
