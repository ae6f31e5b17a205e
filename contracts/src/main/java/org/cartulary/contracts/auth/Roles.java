package org.cartulary.contracts.auth;

import java.util.Set;

/** The roles that people have, and what each may do. The names are those of the source documents. */
public final class Roles {

    /** Buys. */
    public static final String CUSTOMER = "CUSTOMER";
    /** Sells its own products on a marketplace. */
    public static final String VENDOR = "VENDOR";
    /** Helps customers. */
    public static final String SUPPORT = "SUPPORT";
    /** Runs a shop. */
    public static final String ADMIN = "ADMIN";

    private Roles() {}

    /** The permissions of a role. */
    public static Set<String> permissionsOf(String role) {
        return switch (role) {
            case ADMIN -> Permissions.OF_A_SHOP;
            case SUPPORT ->
                Set.of(
                        Permissions.ORDERS_READ,
                        Permissions.ORDERS_CANCEL,
                        Permissions.ORDERS_NOTE,
                        Permissions.CARTS_READ,
                        Permissions.REVIEWS_MODERATE,
                        Permissions.CUSTOMERS_READ,
                        Permissions.STOCK_READ);
            case VENDOR -> Permissions.OF_A_VENDOR;
            default -> Set.of();
        };
    }
}
