package org.cartulary.platform.files;

import java.net.URI;

/**
 * How to reach a bucket of a store that speaks S3.
 *
 * @param endpoint the store's address without the bucket, such as {@code https://s3.eu-central-1.amazonaws.com}
 * @param region what requests are signed for, such as {@code eu-central-1}
 * @param bucket the bucket, which has to be there
 * @param accessKey who signs
 * @param secretKey with what
 */
public record S3Settings(URI endpoint, String region, String bucket, String accessKey, String secretKey) {

    public S3Settings {
        boolean isHttp = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
        if (!isHttp || endpoint.getHost() == null) {
            throw new IllegalArgumentException("the address of a store is one of http or https, not " + endpoint);
        }
        if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException(
                    "a bucket has 3 to 63 small letters, digits, dots and dashes, not \"" + bucket + "\"");
        }
        if (region.isBlank() || accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("a store that speaks S3 needs a region, an access key and a secret key");
        }
    }

    /** Leaves out who signs. */
    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", region=" + region + ", bucket=" + bucket + "]";
    }
}
