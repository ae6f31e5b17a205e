package org.cartulary.platform.privacy;

import java.util.regex.Pattern;

/**
 * Where a sealed value belongs: service, table and column. A value that is found in another place does not open there.
 *
 * @param name such as {@code customer.customers.person_sealed}; it never changes, since what was sealed for it could not be
 *     read any more
 */
public record Place(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z]+\\.[a-z_]+\\.[a-z_]+");

    public Place {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a place is service.table.column, not \"" + name + "\"");
        }
    }
}
