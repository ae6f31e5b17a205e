package org.cartulary.tests.architecture.samples.order;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Right: a store, though its name begins like that of a use case. */
class ListingStore {

    boolean add(JdbcClient jdbc) {
        try {
            return jdbc.sql("select 1").query(Integer.class).single() == 1;
        } catch (DuplicateKeyException duplicate) {
            return false;
        }
    }
}
