package org.cartulary.platform.http;

/**
 * Says that an endpoint takes longer bodies than {@link HttpSettings#maxRequestBytes}, which it reads a part at a time. A bean of this
 * type is all it needs. Whoever is refused has no more of its body read than of any other.
 *
 * @param method such as {@code POST}
 * @param path the whole path, without variables
 * @param maxBytes the longest body
 */
public record LargeBody(String method, String path, int maxBytes) {

    public LargeBody {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("a body may have at least one byte, not " + maxBytes);
        }
    }
}
