package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cartulary.tests.support.Commands;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.RetailTenant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of everything in the middle of a replay: nothing is lost, nothing happens twice. */
@Tag("PLT-12")
@Tag("PLT-13")
@Tag("PAY-06")
@HoldsThePlatform("kills all processes")
final class CrashJourneyTest {

    private static final int INVOICES = 300;
    private static final int PLACED_BEFORE_THE_CRASH = 50;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    @Test
    void killedReplayContinuesWhereItWas()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path data = Installation.freshFolder("crash");
        Path file = Files.writeString(data.resolveSibling(data.getFileName() + ".csv"), invoices());
        int port = Installation.freePort();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            ForkedPlatform first = ForkedPlatform.up(data, port);
            try {
                Commands.Outcome imported = command("import", file, data);
                assertThat(imported.status()).as(imported.err()).isZero();
                RetailTenant tenant = tenant(first);
                Future<Commands.Outcome> replay = threads.submit(() -> command("replay", file, data));
                Eventually.holds(
                        PLACED_BEFORE_THE_CRASH + " orders are placed",
                        Duration.ofMinutes(3),
                        () -> tenant.orders() >= PLACED_BEFORE_THE_CRASH);
                first.kill();
                Commands.Outcome interrupted = replay.get(3, TimeUnit.MINUTES);
                assertThat(interrupted.status()).as(interrupted.out()).isEqualTo(1);
                assertThat(interrupted.err()).contains("does not answer");
            } finally {
                first.close();
            }
        }
        try (ForkedPlatform second = ForkedPlatform.up(data, port)) {
            assertThat(tenant(second).orders()).isBetween((long) PLACED_BEFORE_THE_CRASH, INVOICES - 1L);
            Commands.Outcome replay = command("replay", file, data);
            assertThat(replay.status()).as(replay.out() + replay.err()).isZero();
            assertThat(replay.out()).contains("The platform and the file agree.");
            assertThat(tenant(second).orders()).isEqualTo(INVOICES);
            Commands.Outcome verify = Commands.run("verify", "--data-dir=" + data);
            assertThat(verify.status()).as(verify.out() + verify.err()).isZero();
        }
    }

    private static Commands.Outcome command(String command, Path file, Path data) {
        return command.equals("replay")
                ? Commands.run(command, "online-retail", file.toString(), "--data-dir=" + data, "--clients=4")
                : Commands.run(command, "online-retail", file.toString(), "--data-dir=" + data);
    }

    private static RetailTenant tenant(ForkedPlatform platform) {
        HttpShop visitor = HttpShop.visitor(platform.connection().url());
        return RetailTenant.of(visitor.bearing(platform.connection().apiKey()), visitor);
    }

    /** Invoices of three lines each over two months; every seventh is a guest's. */
    private static String invoices() {
        StringBuilder csv = new StringBuilder(
                "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
        LocalDateTime at = LocalDateTime.of(2011, 3, 1, 9, 0);
        for (int i = 0; i < INVOICES; i++) {
            for (int line = 0; line < 3; line++) {
                int product = (i * 3 + line * 7) % 20;
                csv.append("%d,P%02d,PRODUCT %d,%d,%s,%d.%02d,%s,United Kingdom\n"
                        .formatted(
                                800_000 + i,
                                product,
                                product,
                                1 + (i + line) % 9,
                                at.plusHours(4L * i).format(DATE),
                                1 + product,
                                (i + product) % 100,
                                i % 7 == 0 ? "" : (10_000 + i % 40) + ".0"));
            }
        }
        return csv.toString();
    }
}
