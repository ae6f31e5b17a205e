package org.cartulary.catalog;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How customers rate a product.
 *
 * @param average from 1 to 5, with two decimals; {@code null} where nobody has
 * @param count how many approved reviews there are
 */
record Rating(@Nullable BigDecimal average, int count) {

    /** Of a row of products. */
    static Rating of(ResultSet row) throws SQLException {
        int count = row.getInt("rating_count");
        return new Rating(count == 0 ? null : row.getBigDecimal("rating_average"), count);
    }
}
