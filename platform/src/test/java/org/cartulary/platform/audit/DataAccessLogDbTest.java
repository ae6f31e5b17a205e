package org.cartulary.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.PageInfo;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

@Tag("PLT-29")
@Tag("CUS-03")
class DataAccessLogDbTest {

    private static final UUID CLERK = new UUID(0, 7);
    private static final DataAccessLog.Way WAY = new DataAccessLog.Way("GET /guests", "guests:read", null);

    private final Shop shop = new Shop();
    private final DataAccessLog log = new DataAccessLog(DataAccessLog.KEPT);

    /** Somebody in a list. */
    record Guest(
            UUID id,
            @Nullable UUID person,

            @Personal(PersonalDataCategory.EMAIL) @Nullable String email,

            @Nullable Home home)
            implements AboutPerson {

        @Override
        public DataSubject dataSubject() {
            return DataSubject.of("guest", id, person);
        }
    }

    /** Where somebody lives. */
    record Home(@Personal(PersonalDataCategory.ADDRESS) String city, String colour) {}

    @AfterEach
    void close() {
        shop.close();
    }

    private RequestContext callerOf(UUID tenantId, Principal.Kind kind) {
        return new RequestContext(tenantId, new Principal(kind, CLERK, Set.of()), TraceIds.next());
    }

    private void read(Principal.Kind kind, Object answer) {
        callerOf(shop.tenant, kind).run(() -> log.record(shop.database, WAY, Disclosure.in(answer)));
    }

    private List<DataAccess> reads(UUID tenantId) {
        return DataAccessLog.find(shop.database, new FindDataAccesses(tenantId, null, null, null, null, null, 100));
    }

    private static Guest guest(@Nullable UUID person, @Nullable String email) {
        return new Guest(Ids.next(), person, email, null);
    }

    @Test
    void eachPersonInAListIsWrittenDownWithWhatWasShown() {
        Guest withHome = new Guest(Ids.next(), Ids.next(), "ada@example.com", new Home("London", "red"));
        Guest withoutAnything = guest(null, null);
        read(
                Principal.Kind.STAFF,
                new Page<>(
                        List.of(withHome, withoutAnything, guest(null, "bob@example.com")), new PageInfo(null, false)));

        List<DataAccess> reads = reads(shop.tenant);

        assertThat(reads).hasSize(2);
        DataAccess read = reads.stream()
                .filter(one -> one.subjectId().equals(withHome.id()))
                .findFirst()
                .orElseThrow();
        assertThat(read.categories()).containsExactly("email", "address");
        assertThat(read.personId()).isEqualTo(withHome.person());
        assertThat(read.principalId()).isEqualTo(CLERK);
        assertThat(read.endpoint()).isEqualTo("GET /guests");
        assertThat(read.permission()).isEqualTo("guests:read");
    }

    @Test
    void whoReadsTheirOwnIsNotWrittenDown() {
        read(Principal.Kind.CUSTOMER, guest(null, "ada@example.com"));
        read(Principal.Kind.GUEST, guest(null, "ada@example.com"));
        read(Principal.Kind.STAFF, guest(CLERK, "clerk@example.com"));
        read(Principal.Kind.STAFF, List.of());
        assertThat(reads(shop.tenant)).isEmpty();

        read(Principal.Kind.INTEGRATION, guest(null, "ada@example.com"));
        read(Principal.Kind.SYSTEM, guest(null, "ada@example.com"));
        assertThat(reads(shop.tenant)).hasSize(2);
    }

    @Test
    void whatAnOperatorReadsStandsWithTheShopWhoseItIs() {
        record Mail(
                UUID id,
                UUID tenant,
                @Personal(PersonalDataCategory.EMAIL) String to) implements AboutPerson {
            @Override
            public DataSubject dataSubject() {
                return new DataSubject(tenant, "mail", id, null);
            }
        }
        new RequestContext(null, new Principal(Principal.Kind.INTEGRATION, null, Set.of()), TraceIds.next())
                .run(() -> log.record(
                        shop.database,
                        WAY,
                        Disclosure.in(List.of(
                                new Mail(Ids.next(), shop.tenant, "ada@example.com"),
                                new Mail(Ids.next(), Ids.next(), "bob@example.com")))));
        assertThat(reads(shop.tenant)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE data_access_log SET endpoint = 'x'",
                "DELETE FROM data_access_log",
                "TRUNCATE data_access_log"
            })
    void nobodyTakesAReadBack(String statement) {
        read(Principal.Kind.STAFF, guest(null, "ada@example.com"));
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> shop.execute(statement));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> callerOf(shop.tenant, Principal.Kind.STAFF)
                        .run(() -> shop.database.inTransaction(
                                tx -> tx.jdbc().sql(statement).update())));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() ->
                        shop.admin().sql("SET ROLE shop_owner; " + statement).update());
        assertThat(reads(shop.tenant)).hasSize(1);
    }

    @Test
    void aReadIsKeptForItsTimeAndNoLonger() {
        read(Principal.Kind.STAFF, guest(null, "ada@example.com"));
        read(Principal.Kind.STAFF, guest(null, "bob@example.com"));
        assertThat(DataAccessLog.purge(shop.database, 10)).isZero();

        shop.admin().sql("""
                ALTER TABLE data_access_log DISABLE TRIGGER USER;
                UPDATE data_access_log SET kept_until = now() - interval '1 second'
                WHERE id = (SELECT id FROM data_access_log ORDER BY id LIMIT 1);
                ALTER TABLE data_access_log ENABLE TRIGGER USER
                """).update();

        assertThat(DataAccessLog.purge(shop.database, 10)).isOne();
        assertThat(reads(shop.tenant)).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new DataAccessLog(Duration.ofHours(23)));
    }
}
