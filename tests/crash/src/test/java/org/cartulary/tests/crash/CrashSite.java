package org.cartulary.tests.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.cartulary.app.ServiceName;
import org.cartulary.postgres.EmbeddedPostgres;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.MigratedCluster;

/** A PostgreSQL that outlives the platforms on it, or dies with them, and what the records say afterwards. */
final class CrashSite implements AutoCloseable {

    /**
     * Longer than a payment keeps looking for what may still be on its way to its provider: two of the provider's timeouts and
     * five minutes, then a job's minute.
     */
    static final Duration RECOVERY_LIMIT = Duration.ofMinutes(10);

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final DatabaseOwner owner;
    private final SagaControl control;
    private final WorkControl work;
    private final AtomicInteger prices = new AtomicInteger();
    private final Path secret;

    private CrashSite(Path folder, EmbeddedPostgres postgres, String secret) throws IOException {
        this.folder = folder;
        this.postgres = postgres;
        this.owner = new DatabaseOwner(folder);
        this.control = new SagaControl(Files.createDirectory(folder.resolve("control")));
        this.work = new WorkControl(control.folder());
        this.secret = Files.writeString(folder.resolve("secret"), secret);
    }

    /** A new one, on which nothing runs yet but PostgreSQL. */
    static CrashSite open(String name) {
        Path folder = Installation.freshFolder(name);
        String secret = MigratedCluster.copyTo(folder.resolve(DatabaseOwner.CLUSTER));
        EmbeddedPostgres postgres = EmbeddedPostgres.builder(folder.resolve(DatabaseOwner.CLUSTER))
                // It is killed, and started again on the same one.
                .port(Installation.freePort())
                .start();
        try {
            return new CrashSite(folder, postgres, secret);
        } catch (IOException e) {
            postgres.close();
            throw new UncheckedIOException(e);
        }
    }

    /** Describes a platform with all services; those of one site share everything but their name. */
    ForkedPlatform.Builder platform(String name, int port) {
        return platform(name, port, postgres.port());
    }

    /** As {@link #platform(String, int)}, with another way to PostgreSQL. */
    ForkedPlatform.Builder platform(String name, int port, int postgresPort) {
        return ForkedPlatform.in(folder.resolve(name))
                .port(port)
                .argument("--database-url=postgresql://" + postgres.superuser() + ":" + postgres.password()
                        + "@127.0.0.1:" + postgresPort + "/postgres")
                .argument("--secret-file=" + secret);
    }

    /** The first platform of this site, in which the first administrator is known, is always named so. */
    static final String FIRST = "platform";

    /** As {@link #platform(String, int)}, and it obeys the {@link #control()} and that of {@link #work()}. */
    ForkedPlatform.Builder controlled(String name, int port) {
        return platform(name, port).property(ControlledSagas.FOLDER, control.folder());
    }

    /** Where sagas wait. */
    SagaControl control() {
        return control;
    }

    /** Where everything else waits that nobody asked for. */
    WorkControl work() {
        return work;
    }

    /** No two products of this site cost the same. */
    AtomicInteger prices() {
        return prices;
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    /** {@code kill -9} of all processes of PostgreSQL. */
    void killPostgres() {
        ProcessHandle postmaster = ProcessHandle.of(postgres.pid()).orElseThrow();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        Eventually.holds("PostgreSQL is dead", Duration.ofMinutes(3), () -> !postgres.isRunning());
    }

    /** The first column of the only row. */
    <T> T one(String service, Class<T> type, String sql, Object... parameters) {
        return owner.one(service, type, sql, parameters);
    }

    /** The first column of all rows. */
    <T> List<T> all(String service, Class<T> type, String sql, Object... parameters) {
        return owner.all(service, type, sql, parameters);
    }

    /**
     * As much time passes as it takes until everybody knows that the platforms are dead, and until what they left is due: up to a
     * minute, for which nobody has to wait. How long leases last is shown where two nodes share a site. No platform runs.
     */
    void letTimePass() {
        for (String service : services()) {
            Stream.of(
                            "UPDATE saga_instances SET lease_until = clock_timestamp(), next_attempt_at = clock_timestamp()"
                                    + " WHERE status IN ('started', 'compensating')",
                            "UPDATE outbox_partitions SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL",
                            "UPDATE outbox_events SET next_attempt_at = clock_timestamp() WHERE dead_at IS NULL",
                            "UPDATE event_relays SET alive_until = clock_timestamp()",
                            "UPDATE scheduled_tasks SET picked = false, picked_by = NULL, last_heartbeat = NULL,"
                                    + " version = version + 1 WHERE picked",
                            "UPDATE scheduled_tasks SET execution_time = clock_timestamp()"
                                    + " WHERE execution_time < clock_timestamp() + interval '1 minute'")
                    .forEach(sql -> owner.change(service, sql));
        }
        owner.change(
                ServiceName.PAYMENT.word(),
                "UPDATE payment_transactions SET created_at = created_at - interval '1 minute', last_asked_at = NULL"
                        + " WHERE status = 'PENDING' AND transaction_type <> 'AUTHORIZE'");
    }

    /** Has what is reserved now be reserved as long as if it were new: no order is lost because the machine is slow. */
    void renewReservations() {
        owner.change(
                ServiceName.INVENTORY.word(),
                "UPDATE inventory_reservations SET expires_at = clock_timestamp() + interval '5 minutes'"
                        + " WHERE status = 'OPEN'");
    }

    /** The services that keep records. */
    static List<String> services() {
        return Arrays.stream(ServiceName.values())
                .filter(ServiceName::keepsRecords)
                .map(ServiceName::word)
                .toList();
    }

    /** Changes rows behind the platform's back. */
    void change(String service, String sql, Object... parameters) {
        if (owner.change(service, sql, parameters) == 0) {
            throw new AssertionError("no row was changed by " + sql);
        }
    }

    /**
     * Waits until no saga of any service is under way, all that was reserved at the provider is taken or given up, and our own
     * records say so too: they may have missed the answer, and a job asks again a minute later.
     */
    void awaitQuiet() {
        List<String> services = List.of(ServiceName.CHECKOUT.word(), ServiceName.ORDER.word());
        Eventually.holds(
                "all sagas have ended",
                RECOVERY_LIMIT,
                () -> services.stream()
                        .allMatch(service -> one(
                                        service,
                                        Long.class,
                                        "SELECT count(*) FROM saga_instances WHERE status IN ('started', 'compensating')")
                                == 0));
        Eventually.isEmpty(
                "charges that are neither taken nor given up",
                RECOVERY_LIMIT,
                () -> all(ServiceName.PAYMENT.word(), String.class, """
                        SELECT 'at the provider: ' || test_provider_charges::text
                        FROM test_provider_charges WHERE status = 'AUTHORIZED'
                        UNION ALL
                        SELECT 'in our records: ' || payment_transactions::text
                        FROM payment_transactions WHERE status = 'PENDING' AND transaction_type <> 'AUTHORIZE'"""));
    }

    /** As {@link #awaitQuiet()}, and until every event has been delivered. */
    void awaitDelivered() {
        awaitQuiet();
        Eventually.holds(
                "all events are delivered",
                RECOVERY_LIMIT,
                () -> services().stream()
                        .allMatch(service -> one(service, Long.class, "SELECT count(*) FROM outbox_events") == 0));
    }

    /** What the books of the provider say about charges of this amount. */
    Charged charged(BigDecimal total) {
        String net = "CASE status WHEN 'AUTHORIZED' THEN amount"
                + " WHEN 'CAPTURED' THEN captured_amount - refunded_amount ELSE 0 END";
        return new Charged(
                one(
                        ServiceName.PAYMENT.word(),
                        Long.class,
                        "SELECT count(*) FROM test_provider_charges WHERE amount = ? AND " + net + " > 0",
                        total),
                one(
                        ServiceName.PAYMENT.word(),
                        BigDecimal.class,
                        "SELECT coalesce(sum(" + net + "), 0) FROM test_provider_charges WHERE amount = ?",
                        total));
    }

    /** How often, and how much in all, a customer was charged. */
    record Charged(long times, BigDecimal sum) {

        boolean is(long expectedTimes, BigDecimal expectedSum) {
            return times == expectedTimes && sum.compareTo(expectedSum) == 0;
        }
    }

    /** The first administrator of the shop, signed in at this platform. */
    static Merchant merchant(ForkedPlatform owner, HttpShop visitor) {
        var administrator = Objects.requireNonNull(owner.connection().administrator());
        return Merchant.signedIn(visitor, administrator.email(), administrator.password());
    }

    @Override
    public void close() {
        owner.close();
        postgres.close();
    }
}
