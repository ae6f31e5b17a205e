package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.files.FilesUnavailableException;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An endpoint for each thing that the platform promises. */
final class SampleEndpoints {

    private SampleEndpoints() {}

    record Who(
            @Nullable UUID tenantId,
            Principal.Kind kind,
            @Nullable UUID id,
            String traceId) {

        static Who asks() {
            RequestContext context = RequestContext.current();
            return new Who(
                    context.tenantId(),
                    context.principal().kind(),
                    context.principal().id(),
                    context.traceId());
        }
    }

    enum Size {
        SMALL,
        LARGE
    }

    record Line(@NotBlank String sku, @Min(1) @Max(99) int quantity) {}

    record NewOrder(
            @NotEmpty @Valid List<Line> items,
            @NotNull Money total,
            @Nullable Size size,
            @Nullable Instant wantedAt,
            @Nullable UUID couponId) {}

    record Written(
            Instant at,
            BigDecimal weight,
            Duration lead,
            Money price,
            @Nullable String note) {}

    @RestController
    @RequestMapping("/api/v1/store")
    @AllowAnyone
    static final class ShopController {

        @GetMapping("/end-of-what-was-begun")
        @EvenWhileSuspended("the word of somebody who is waited for")
        Who endOfWhatWasBegun() {
            return Who.asks();
        }

        @GetMapping("/who")
        @SqlBudget(statements = 1, transactions = 1)
        Who who() {
            return Who.asks();
        }

        @GetMapping("/times/{time}")
        String time(@PathVariable Instant time, @RequestParam(required = false) @Nullable LocalDate until) {
            return time + " " + until;
        }

        @PostMapping("/orders")
        NewOrder order(@Valid @RequestBody NewOrder order) {
            return order;
        }

        @PostMapping("/lines")
        int lines(@RequestBody List<@Valid Line> lines, @RequestParam(defaultValue = "1") @Max(5) int copies) {
            return lines.size() * copies;
        }

        @PostMapping("/attributes")
        Map<String, Object> attributes(@RequestBody Map<String, Object> attributes) {
            return attributes;
        }

        @GetMapping("/products/{productId}")
        ResponseEntity<UUID> product(@PathVariable UUID productId, @RequestParam(required = false) Integer limit) {
            return ResponseEntity.ok()
                    .eTag(ETags.of(Pages.limit(limit)))
                    .cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)))
                    .body(productId);
        }

        @GetMapping("/written")
        Written written() {
            return new Written(
                    Instant.parse("2026-01-01T00:00:00Z"),
                    new BigDecimal("1E+3"),
                    Duration.ofMinutes(90),
                    Money.parse("12.99", "EUR"),
                    null);
        }

        @PostMapping("/keys")
        @TakesCredentials
        Map<String, Object> keys(@RequestBody Map<String, Object> credentials) {
            return credentials;
        }

        @GetMapping("/required")
        String required(@RequestParam String term, @RequestHeader("Idempotency-Key") String key) {
            return term + key;
        }
    }

    @SuppressWarnings("DoNotCallSuggester")
    @RestController
    @RequestMapping("/api/v1/store/faults")
    @AllowAnyone
    static final class FaultyController {

        @GetMapping("/conflict")
        String conflict() {
            throw ProblemException.conflict("out-of-stock", "only 2 are left")
                    .with("/items/0/quantity", "too-many", "only 2 are left")
                    .withProperty("available", 2);
        }

        @GetMapping("/unexpected")
        String unexpected() {
            throw new IllegalStateException("password=hunter2");
        }

        @GetMapping("/error")
        String error() {
            throw new StackOverflowError("deep");
        }

        @GetMapping("/wrapped")
        String wrapped() {
            throw new CompletionException(ProblemException.notFound("unknown-order", "there is no such order"));
        }

        @GetMapping("/busy")
        String busy() {
            throw ProblemException.unavailable("busy", "try again", Duration.ofMillis(1500));
        }

        @GetMapping("/locked")
        String locked() {
            throw new CannotAcquireLockException("deadlock in table orders");
        }

        /** As of a connection that the pool has closed. */
        @GetMapping("/closed")
        String closed() {
            throw new UncategorizedSQLException("transaction", null, new SQLException("Connection is closed"));
        }

        /** A picture's, which says before that it may be kept for ever. */
        @GetMapping("/file")
        ResponseEntity<Resource> file() {
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic())
                    .eTag("file")
                    .contentType(MediaType.IMAGE_PNG)
                    .body(new AbstractResource() {
                        @Override
                        public String getDescription() {
                            return "a file";
                        }

                        @Override
                        public long contentLength() {
                            return 1;
                        }

                        @Override
                        public InputStream getInputStream() {
                            throw new FilesUnavailableException(
                                    "the store at secret.example is away", new IOException());
                        }
                    });
        }

        @GetMapping("/currency")
        String currency(@RequestParam String code) {
            return Money.currencyOf(code).getCurrencyCode();
        }

        @GetMapping("/sent")
        void sent(HttpServletResponse response) throws IOException {
            response.sendError(HttpServletResponse.SC_GONE, "secret reason");
        }
    }

    @RestController
    @RequestMapping("/api/v1/admin")
    @RequirePermission("catalog:write")
    static final class GuardedController {

        @GetMapping("/catalog")
        Who catalog() {
            return Who.asks();
        }

        @GetMapping("/me")
        @AllowSignedIn
        Who me() {
            return Who.asks();
        }
    }

    @RestController
    @PlatformWide
    static final class OperatorController {

        @GetMapping("/api/v1/platform/tenants")
        @RequirePermission("tenants:write")
        Who tenants() {
            return Who.asks();
        }

        @GetMapping("/api/v1/platform/motd")
        @AllowAnyone
        Who messageOfTheDay() {
            return Who.asks();
        }
    }

    @SuppressWarnings("DoNotCallSuggester")
    @RestController
    static final class StockEndpoint {

        @GetMapping("/internal/stock")
        Who stock() {
            return Who.asks();
        }

        @GetMapping("/internal/refused")
        Who refused() {
            throw ProblemException.unprocessable("not-enough", "only 2 are left")
                    .with("/quantity", "too-many", "only 2 are left")
                    .withProperty("available", 2);
        }

        @GetMapping("/internal/busy")
        Who busy() {
            throw ProblemException.unavailable("busy", "try again", Duration.ofSeconds(7));
        }
    }
}
