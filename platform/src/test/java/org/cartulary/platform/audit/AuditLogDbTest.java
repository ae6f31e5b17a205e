package org.cartulary.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

@Tag("PLT-29")
class AuditLogDbTest {

    private static final UUID CLERK = new UUID(0, 7);

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    private RequestContext clerkOf(UUID tenantId) {
        return new RequestContext(tenantId, new Principal(Principal.Kind.STAFF, CLERK, Set.of()), TraceIds.next());
    }

    private void write(UUID tenantId, int entries) {
        clerkOf(tenantId).run(() -> {
            for (int i = 1; i <= entries; i++) {
                AuditedAct act = AuditedAct.of("price.changed", "product", new UUID(1, i))
                        .with("turn", i);
                shop.database.inTransaction(tx -> {
                    AuditLog.record(tx, act);
                    return act;
                });
            }
        });
    }

    /** What somebody who owns the tables does to them, past every trigger. */
    private void tamper(String statements) {
        shop.admin().sql("""
                SET ROLE shop_owner;
                ALTER TABLE audit_log DISABLE TRIGGER USER;
                ALTER TABLE audit_heads DISABLE TRIGGER USER;
                %s;
                ALTER TABLE audit_log ENABLE TRIGGER USER;
                ALTER TABLE audit_heads ENABLE TRIGGER USER;
                """.formatted(statements)).update();
    }

    private List<AuditChain> chains(AuditAnchor... anchors) {
        return shop.database.asReadonly(tx -> AuditChains.check(tx, "shop", List.of(anchors)));
    }

    private AuditChain chain(AuditAnchor... anchors) {
        List<AuditChain> chains = chains(anchors);
        assertThat(chains).hasSize(1);
        return chains.getFirst();
    }

    private void foundAt(long number, AuditAnchor... anchors) {
        AuditChain chain = chain(anchors);
        assertThat(chain.broken()).isNotNull();
        assertThat(Objects.requireNonNull(chain.broken()).number()).isEqualTo(number);
        assertThat(chain.entries()).isEqualTo(number - 1);
    }

    private InvariantResult invariant() {
        return SqlInvariant.check(shop.database, List.of()).stream()
                .filter(result -> result.name().equals("audit-chains-are-whole"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEntrySaysWhoDidWhatAndFollowsTheOneBefore() {
        UUID product = Ids.next();
        clerkOf(shop.tenant)
                .run(() -> shop.database.inTransaction(tx -> {
                    Shop.note(tx, "the price is changed");
                    AuditLog.record(
                            tx,
                            AuditedAct.of("price.changed", "product", product)
                                    .withAmount("to", Money.of(new BigDecimal("12.99"), Currency.getInstance("EUR")))
                                    .with("fields", List.of("price", "cost")));
                    return product;
                }));
        write(shop.tenant, 2);

        List<AuditEntry> entries = find(null, 10);

        assertThat(entries).extracting(AuditEntry::number).containsExactly(3L, 2L, 1L);
        AuditEntry first = entries.getLast();
        assertThat(first.action()).isEqualTo("price.changed");
        assertThat(first.subjectId()).isEqualTo(product);
        assertThat(first.principalKind()).isEqualTo("STAFF");
        assertThat(first.principalId()).isEqualTo(CLERK);
        assertThat(first.details()).containsEntry("to", "12.99 EUR").containsEntry("fields", List.of("price", "cost"));
        assertThat(chain().broken()).isNull();
        assertThat(chain().entries()).isEqualTo(3);
        assertThat(invariant().holds()).isTrue();
        assertThat(invariant().rowsChecked()).isEqualTo(4);
    }

    private List<AuditEntry> find(@Nullable AuditEntry before, int limit) {
        return AuditLog.find(
                shop.database,
                new FindAuditEntries(
                        shop.tenant,
                        null,
                        null,
                        null,
                        before == null ? null : before.recordedAt(),
                        before == null ? null : before.id(),
                        limit));
    }

    @Test
    void theLogIsReadPageByPageAndByItsFilters() {
        write(shop.tenant, 5);

        List<AuditEntry> first = find(null, 3);
        List<AuditEntry> second = find(first.getLast(), 3);

        assertThat(first).extracting(AuditEntry::number).containsExactly(5L, 4L, 3L);
        assertThat(second).extracting(AuditEntry::number).containsExactly(2L, 1L);
        assertThat(AuditLog.find(
                        shop.database,
                        new FindAuditEntries(shop.tenant, "price.changed", new UUID(1, 2), CLERK, null, null, 10)))
                .extracting(AuditEntry::number)
                .containsExactly(2L);
        assertThat(AuditLog.find(
                        shop.database, new FindAuditEntries(shop.tenant, "price.kept", null, null, null, null, 10)))
                .isEmpty();
    }

    @Test
    void whatIsRolledBackIsNotWrittenDown() {
        write(shop.tenant, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clerkOf(shop.tenant)
                        .run(() -> shop.database.inTransaction(tx -> {
                            AuditLog.record(tx, AuditedAct.of("price.changed", "product", Ids.next()));
                            throw new IllegalArgumentException("no");
                        })));
        write(shop.tenant, 1);

        assertThat(chain().entries()).isEqualTo(2);
        assertThat(chain().broken()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action = 'price.kept'",
                "principal_id = NULL",
                "principal_kind = 'SYSTEM'",
                "subject_id = '00000000-0000-0000-0000-000000000001'",
                "subject_kind = 'order'",
                "trace_id = repeat('0', 32)",
                "details = '{\"turn\":\"9\"}'",
                "details = '{ \"turn\":\"2\"}'",
                "recorded_at = recorded_at + interval '1 microsecond'",
                "id = '00000000-0000-0000-0000-000000000001'",
                "hash = sha256('x')",
                "previous_hash = sha256('x')"
            })
    void aChangedEntryIsFound(String change) {
        write(shop.tenant, 3);
        tamper("UPDATE audit_log SET " + change + " WHERE number = 2");
        foundAt(2);
        assertThat(invariant().breaches()).isEqualTo(1);
        assertThat(invariant().examples().getFirst()).contains(shop.tenant.toString(), "entry 2");
    }

    @Test
    void aChangeWhoseOwnHashIsPutRightIsFoundAtTheNextEntry() {
        write(shop.tenant, 3);
        tamper("""
                UPDATE audit_log SET action = 'price.kept' WHERE number = 2;
                UPDATE audit_log l SET hash = audit_hash(l) WHERE number = 2
                """);
        foundAt(3);
    }

    @Test
    void aDeletedEntryIsFound() {
        write(shop.tenant, 4);
        tamper("DELETE FROM audit_log WHERE number = 2");
        foundAt(2);
    }

    @Test
    void aDeletedEntryIsFoundAlsoWhereTheOthersMovedUp() {
        write(shop.tenant, 4);
        tamper("""
                DELETE FROM audit_log WHERE number = 2;
                UPDATE audit_log SET number = 2 WHERE number = 3;
                UPDATE audit_log SET number = 3 WHERE number = 4;
                UPDATE audit_heads SET number = 3
                """);
        foundAt(2);
    }

    @Test
    void anInsertedEntryIsFound() {
        write(shop.tenant, 3);
        tamper("""
                UPDATE audit_log SET number = 4 WHERE number = 3;
                INSERT INTO audit_log SELECT tenant_id, 3, gen_random_uuid(), recorded_at, principal_kind, principal_id,
                    trace_id, 'price.kept', subject_kind, subject_id, details, hash, hash FROM audit_log WHERE number = 2;
                UPDATE audit_log l SET hash = audit_hash(l) WHERE number = 3;
                UPDATE audit_heads SET number = 4
                """);
        foundAt(4);
    }

    @Test
    void anAppendedEntryIsFound() {
        write(shop.tenant, 2);
        tamper("""
                INSERT INTO audit_log SELECT tenant_id, 3, gen_random_uuid(), recorded_at, principal_kind, principal_id,
                    trace_id, 'price.kept', subject_kind, subject_id, details, hash, hash FROM audit_log WHERE number = 2;
                UPDATE audit_log l SET hash = audit_hash(l) WHERE number = 3
                """);
        AuditChain.Break broken = Objects.requireNonNull(chain().broken());
        assertThat(broken.number()).isEqualTo(3);
    }

    @Test
    void swappedEntriesAreFound() {
        write(shop.tenant, 4);
        tamper("""
                UPDATE audit_log SET number = 9 WHERE number = 2;
                UPDATE audit_log SET number = 2 WHERE number = 3;
                UPDATE audit_log SET number = 3 WHERE number = 9
                """);
        foundAt(2);
    }

    @Test
    void anEntryOfAnotherTenantIsFound() {
        UUID other = Ids.next();
        write(shop.tenant, 2);
        write(other, 1);
        tamper("UPDATE audit_log SET tenant_id = '" + shop.tenant + "', number = 3 WHERE tenant_id = '" + other + "'");
        assertThat(chains()).allSatisfy(chain -> assertThat(chain.broken()).isNotNull());
    }

    @Test
    void aTailThatWasCutOffIsFound() {
        write(shop.tenant, 4);
        tamper("DELETE FROM audit_log WHERE number >= 3");
        foundAt(3);
    }

    @Test
    void aTailThatWasCutOffWithItsHeadIsFoundByItsAnchor() {
        write(shop.tenant, 4);
        AuditAnchor anchor = chain().anchor();
        write(shop.tenant, 1);
        assertThat(chain(anchor).broken()).isNull();

        tamper("""
                DELETE FROM audit_log WHERE number >= 3;
                UPDATE audit_heads h SET number = l.number, hash = l.hash FROM audit_log l WHERE l.number = 2
                """);
        assertThat(chain().broken()).isNull();
        foundAt(3, anchor);
    }

    @Test
    void aChainThatWasWrittenAnewIsFoundByItsAnchor() {
        write(shop.tenant, 3);
        AuditAnchor anchor = chain().anchor();
        tamper("""
                UPDATE audit_log SET action = 'price.kept' WHERE number = 3;
                UPDATE audit_log l SET hash = audit_hash(l) WHERE number = 3;
                UPDATE audit_heads h SET hash = l.hash FROM audit_log l WHERE l.number = 3
                """);
        assertThat(chain().broken()).isNull();
        assertThat(Objects.requireNonNull(chain(anchor).broken()).number()).isEqualTo(3);
    }

    @Test
    void aChainThatIsGoneWithItsHeadIsFoundByItsAnchor() {
        write(shop.tenant, 2);
        AuditAnchor anchor = chain().anchor();
        tamper("DELETE FROM audit_log; DELETE FROM audit_heads");
        assertThat(chains()).isEmpty();
        foundAt(1, anchor);
    }

    @Test
    void writersWhoMeetContinueOneChain() throws Exception {
        int writers = 8;
        int entries = 15;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                all.add(threads.submit(() -> write(shop.tenant, entries)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(chain().broken()).isNull();
        assertThat(chain().entries()).isEqualTo((long) writers * entries);
        assertThat(find(null, 1_000))
                .extracting(AuditEntry::number)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, (long) writers * entries)
                        .boxed()
                        .toList()
                        .reversed());
    }

    @Test
    void whoeverWritesAnEntrySaysNothingOfItsPlace() {
        write(shop.tenant, 2);
        clerkOf(shop.tenant)
                .run(() -> shop.database.inTransaction(tx -> tx.jdbc().sql("""
                        INSERT INTO audit_log (tenant_id, number, id, recorded_at, principal_kind, trace_id, action,
                                               subject_kind, subject_id, details, previous_hash, hash)
                        SELECT tenant_id, 77, gen_random_uuid(), '2001-01-01', 'STAFF', '-', 'price.kept', 'product', id, '{}',
                               sha256('x'), sha256('y')
                        FROM audit_log
                        """).update()));
        assertThat(chain().broken()).isNull();
        assertThat(find(null, 10)).extracting(AuditEntry::number).containsExactly(4L, 3L, 2L, 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_log SET action = 'price.kept'",
                "DELETE FROM audit_log",
                "TRUNCATE audit_log",
                "DELETE FROM audit_heads",
                "TRUNCATE audit_heads",
                "UPDATE audit_heads SET number = 1"
            })
    void nobodyChangesTheLog(String statement) {
        write(shop.tenant, 2);
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> shop.execute(statement));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> clerkOf(shop.tenant)
                        .run(() -> shop.database.inTransaction(
                                tx -> tx.jdbc().sql(statement).update())));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() ->
                        shop.admin().sql("SET ROLE shop_owner; " + statement).update());
        assertThat(chain().entries()).isEqualTo(2);
    }

    @Test
    void aTenantWritesIntoItsOwnChainOnly() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> clerkOf(shop.tenant)
                        .run(() -> shop.database.inTransaction(tx -> {
                            AuditLog.record(tx, Ids.next(), AuditedAct.of("price.changed", "product", Ids.next()));
                            return tx;
                        })));
        assertThat(chains()).isEmpty();
    }

    @Test
    void whatBelongsToNoTenantStandsInThePlatformsChain() {
        RequestContext.ofSystem(null)
                .run(() -> shop.database.asWorker(tx -> {
                    AuditLog.record(tx, AuditedAct.of("projection.rebuilt", "projection", Ids.next()));
                    return tx;
                }));
        assertThat(chain().tenantId()).isEqualTo(AuditLog.PLATFORM);
    }

    @Test
    void aTenantReadsItsOwnLogOnly() {
        write(shop.tenant, 1);
        AuditRecordsEndpoint endpoint = new AuditRecordsEndpoint(shop.databases());
        FindAuditEntries query = new FindAuditEntries(shop.tenant, null, null, null, null, null, 10);
        assertThat(clerkOf(shop.tenant).supply(() -> endpoint.entries("shop", query)))
                .hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clerkOf(Ids.next()).supply(() -> endpoint.entries("shop", query)));
    }

    @Test
    void freeTextCannotBeWrittenDown() {
        AuditedAct act = AuditedAct.of("price.changed", "product", CLERK);
        assertThatIllegalArgumentException().isThrownBy(() -> act.with("by", "ada@example.com"));
        assertThatIllegalArgumentException().isThrownBy(() -> act.with("why", "Ada Lovelace asked for it"));
        assertThatIllegalArgumentException().isThrownBy(() -> act.with("codes", List.of("a", "b c")));
        assertThatIllegalArgumentException().isThrownBy(() -> AuditedAct.of("changed", "product", CLERK));
    }
}
