package org.cartulary.tests.architecture.samples.order;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Wrong: a use case that runs SQL itself. */
class PackingParcels {

    record Parcel(long id) {}

    Parcel next(JdbcClient jdbc) {
        return new Parcel(jdbc.sql("select 1").query(Long.class).single());
    }
}
