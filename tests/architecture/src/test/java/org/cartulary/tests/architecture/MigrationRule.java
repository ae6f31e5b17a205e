package org.cartulary.tests.architecture;

/** What a migration must not do while the old version of the program still works on the database. */
enum MigrationRule {
    NAME("is named V0001__what_it_does.sql; nothing else belongs here"),
    UNDO("has a script in ../undo that leads back, with the same number and name"),
    BLOCKING_INDEX("builds and drops indexes of existing tables CONCURRENTLY, and adds keys USING INDEX"),
    ADDED_NOT_NULL("adds a column that is NOT NULL only with a DEFAULT"),
    REWRITE("does not rewrite a table: no other type, no volatile default, no stored or counted column"),
    SET_NOT_NULL("sets NOT NULL only where a validated CHECK (column IS NOT NULL) spares the scan"),
    SCANNED_CONSTRAINT("adds constraints to existing tables as NOT VALID"),
    VALIDATED_AT_ONCE("validates a constraint in a later script than the one that adds it, whose lock it would hold"),
    DROP("drops nothing that the version before uses: a comment \"Contract: …\" has to say why nobody does"),
    RENAME("renames nothing, since the version before knows the old name"),
    ON_DELETE("states ON DELETE at every REFERENCES"),
    TIMESTAMP("uses timestamptz"),
    LOCK("does not LOCK, VACUUM, CLUSTER or REINDEX");

    private final String demand;

    MigrationRule(String demand) {
        this.demand = demand;
    }

    /** What a good migration does, to follow its name. */
    String demand() {
        return demand;
    }
}
