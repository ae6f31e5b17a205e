package org.cartulary.platform.privacy;

/**
 * What the keys of all blind indexes are derived from, as it is kept and sent: encrypted by the master key, which only the processes
 * of the platform have. It stays the same whatever becomes of the installation's secret, so that what was indexed is found.
 *
 * @param wrappedKey encrypted, in Base64
 */
public record WrappedIndexRoot(String wrappedKey) {

    @Override
    public String toString() {
        return "WrappedIndexRoot[]";
    }
}
