package org.cartulary.privacy;

/** A key of a shop, wrapped by the master key. */
record TenantKey(int version, String wrappedKey) {

    @Override
    public String toString() {
        return "TenantKey[version=" + version + "]";
    }
}
