package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.redis.RedisServer;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What lies in Redis, and for how long. */
@Tag("CRT-02")
class RedisCartsTest {

    private static final int DAYS = 30;

    private static TestDatabase test;

    private final RedisServer server = StoreUnderTest.SharedServer.SERVER;
    private final StoreUnderTest store = StoreUnderTest.Kind.REDIS.open(test);
    private final Carts carts = store.carts();
    private final UUID tenant = Contexts.newTenant();
    private final RequestContext shop = Contexts.system(tenant);
    private final UUID buyer = Ids.next();
    private final CartOwner customer = new CartOwner(buyer, null);
    private final CartKeys keys = new CartKeys(tenant);
    private final UUID mug = Ids.next();

    @BeforeAll
    static void createDatabase() {
        test = TestDatabase.create("cart");
    }

    @AfterAll
    static void dropDatabase() {
        test.close();
    }

    private StoredCart fill(CartOwner owner) {
        return shop.supply(() -> carts.fill(filling(owner)));
    }

    private ActiveCartStore.Filling filling(CartOwner owner) {
        return new ActiveCartStore.Filling(
                owner, "GBP", DAYS, List.of(new CartLine(mug, 2, Money.parse("2.50", "GBP"))));
    }

    private Duration timeToLive(String key) {
        return Duration.ofMillis(server.ask(redis -> redis.pttl(key)));
    }

    private Map<String, String> today() {
        return server.ask(redis -> redis.hgetall(keys.metrics(customer, LocalDate.now(ZoneOffset.UTC))));
    }

    private List<String> named(UUID id) {
        return server.ask(redis -> redis.keys("*" + id + "*"));
    }

    private @Nullable String kept(String key) {
        return server.ask(redis -> redis.get(key));
    }

    private static Consumer<Duration> aboutDays(int days) {
        return left -> assertThat(left).isBetween(Duration.ofDays(days).minusHours(1), Duration.ofDays(days));
    }

    private Traces person() {
        return new Traces(buyer, List.of(), List.of(), List.of(), List.of());
    }

    @Test
    void everyKeyOfAShopLiesInTheShopsSlotAndEndsByItself() {
        StoredCart cart = fill(customer);
        Idempotency.Request request = new Idempotency.Request("POST /carts", "key", List.of(mug));
        Contexts.customer(tenant, buyer).supply(() -> carts.fillOnce(request, customer, () -> filling(customer)));

        List<String> all = named(tenant);

        assertThat(all).allMatch(key -> key.startsWith("cart:") && key.contains("{" + tenant + "}"));
        Map<Boolean, List<String>> ending = all.stream()
                .collect(Collectors.partitioningBy(key -> timeToLive(key).isPositive()));
        assertThat(ending.get(false)).containsExactly("cart:expiring:{" + tenant + "}");
        assertThat(timeToLive(keys.cart(cart.id()))).satisfies(aboutDays(DAYS + 7));
        assertThat(timeToLive(keys.cartsOf(customer))).satisfies(aboutDays(DAYS + 7));
        assertThat(timeToLive(keys.metrics(customer, LocalDate.now(ZoneOffset.UTC))))
                .satisfies(aboutDays(90));
        assertThat(all.stream().filter(key -> key.startsWith("cart:answer")))
                .hasSize(2)
                .allSatisfy(key -> assertThat(timeToLive(key)).satisfies(aboutDays(30)));
    }

    @Test
    void itIsCountedWhatOwnersDoOnADay() {
        UUID cart = fill(customer).id();
        fill(customer);
        shop.run(() -> {
            carts.set(cart, customer, null, DAYS, new CartLine(mug, 5, Money.parse("2.50", "GBP")));
            carts.remove(cart, customer, null, DAYS, mug);
            carts.convert(new ConvertCart(cart, Ids.next(), 1, Instant.now(), List.of()));
        });

        assertThat(today())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("additions", "2", "changes", "1", "removals", "1", "orders", "1"));
        assertThat(shop.supply(() -> store.records().export(person())).json()).contains("\"additions\":\"2\"");
    }

    @Test
    @Tag("PLT-30")
    void ofSomebodyWhoIsForgottenNoKeyIsLeft() {
        fill(customer);
        Contexts.customer(tenant, buyer)
                .supply(() -> carts.fillOnce(
                        new Idempotency.Request("POST /carts", "key", List.of(mug)),
                        customer,
                        () -> filling(customer)));

        shop.run(() -> store.records().erase(person()));

        assertThat(named(buyer)).isEmpty();
        assertThat(Stream.of("expiring", "abandoned")
                        .flatMap(name ->
                                server
                                        .ask(redis -> redis.zrange("cart:" + name + ":{" + tenant + "}", 0, -1))
                                        .stream()))
                .isEmpty();
    }

    @Test
    @Tag("PLT-30")
    void aCartThatIsMadeWhileTheLockIsLostIsKeptWithAllThatIsOfItsOwner() {
        StoredCart forgotten = fill(customer);
        shop.run(() -> new RedisCartScripts(server)
                .run(
                        CartScript.ERASE_CARTS,
                        tenant,
                        List.of(CartKeys.name(customer), "1", forgotten.id().toString())));
        StoredCart meanwhile = fill(customer);
        Contexts.customer(tenant, buyer)
                .supply(() -> carts.fillOnce(
                        new Idempotency.Request("POST /carts", "key", List.of(mug)),
                        customer,
                        () -> filling(customer)));

        String today = LocalDate.now(ZoneOffset.UTC).toString();
        new RedisCartScripts(server)
                .run(
                        CartScript.ERASE_CARTS,
                        tenant,
                        List.of(CartKeys.name(customer), "1", forgotten.id().toString(), today));

        assertThat(shop.supply(() -> carts.find(meanwhile.id()))).isNotNull();
        assertThat(store.activeCarts(tenant, customer)).containsExactly(meanwhile.id());
        assertThat(named(tenant).stream().filter(key -> key.startsWith("cart:answer:")))
                .hasSize(1);
        assertThat(today()).isNotEmpty();
    }

    @Test
    @Tag("PLT-30")
    void whoIsBeingForgottenGetsNoCartMeanwhile() {
        UUID cart = fill(customer).id();
        server.ask(redis -> redis.psetex(keys.lock(customer), 30_000, "somebody else"));

        for (Runnable change : List.<Runnable>of(
                () -> carts.fill(filling(customer)),
                () -> carts.remove(cart, customer, null, DAYS, mug),
                () -> carts.set(cart, customer, null, DAYS, new CartLine(mug, 1, Money.parse("2.50", "GBP"))),
                () -> carts.merge(buyer, Ids.next(), DAYS),
                () -> store.saved().save(cart, customer, null, DAYS, mug),
                () -> store.saved().restore(cart, customer, null, DAYS, mug, Money.parse("2.50", "GBP")),
                () -> store.saved().remove(customer, mug),
                () -> store.saved().merge(buyer, Ids.next()),
                () -> carts.convert(new ConvertCart(cart, Ids.next(), 1, Instant.now(), List.of())),
                () -> store.records().erase(person()))) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> shop.run(change))
                            .code())
                    .isEqualTo("service-unavailable");
        }

        assertThat(kept(keys.lock(customer))).isEqualTo("somebody else");
        assertThat(shop.supply(() -> carts.find(cart)).version()).isEqualTo(1);
    }

    @Test
    void ofAVersionThatCameTwiceWhatIsNewGoesOnInAnotherCart() {
        Instant checkedOut = Instant.now().minusSeconds(60);
        UUID cart = fill(customer).id();

        shop.run(() -> carts.convert(new ConvertCart(cart, Ids.next(), 1, checkedOut, List.of())));

        assertThat(shop.supply(() -> carts.find(cart)).lines()).isEmpty();
        assertThat(store.activeCarts(tenant, customer)).hasSize(1);
    }

    @Test
    void aCartIsFoundNoMoreByItsOwnerWhenItHasEnded() {
        UUID cart = fill(customer).id();
        shop.run(() -> carts.convert(
                new ConvertCart(cart, Ids.next(), 1, Instant.now(), List.of(new ConvertCart.OrderedLine(mug, 2)))));

        assertThat(kept("cart:active:{" + tenant + "}:" + CartKeys.name(customer)))
                .isNull();
        assertThat(fill(customer).id()).isNotEqualTo(cart);
    }

    @Test
    void theReconcilerSeesEveryBrokenInvariant() {
        UUID cart = fill(customer).id();
        UUID other = fill(new CartOwner(null, Ids.next())).id();
        server.ask(redis -> redis.hset(
                keys.cart(cart),
                Map.of("order", Ids.next().toString(), "continued", other.toString(), "i:" + mug, "0:250:1")));
        server.ask(redis -> redis.hset(keys.cart(other), "owner", CartKeys.name(customer)));
        try {
            assertThat(shop.<List<InvariantResult>>supply(carts::checkInvariants))
                    .filteredOn(result -> result.name().contains("cart"))
                    .hasSize(4)
                    .noneMatch(InvariantResult::holds)
                    .allMatch(result ->
                            result.examples().stream().anyMatch(example -> example.contains(tenant.toString())));
        } finally {
            server.ask(redis -> redis.del(keys.cart(cart), keys.cart(other)));
        }
    }

    @Test
    @Tag("CRT-01")
    void theReconcilerSeesWhatCannotBeSaved() {
        String ofCustomer = keys.saved(customer);
        String ofGuest = keys.saved(new CartOwner(null, Ids.next()));
        server.ask(redis -> redis.hset(ofCustomer, mug.toString(), "0:250:1:GBP"));
        server.ask(redis -> redis.expire(ofCustomer, 1_000));
        server.ask(redis -> redis.hset(
                ofGuest,
                Stream.generate(Ids::next)
                        .limit(SavedLists.MAX_LINES + 1)
                        .collect(Collectors.toMap(UUID::toString, _ -> "1:250:1:GBP"))));
        try {
            assertThat(shop.<List<InvariantResult>>supply(carts::checkInvariants))
                    .filteredOn(result -> result.name().startsWith("redis-saved"))
                    .hasSize(3)
                    .noneMatch(InvariantResult::holds)
                    .allMatch(result ->
                            result.examples().stream().anyMatch(example -> example.contains(tenant.toString())));
        } finally {
            server.ask(redis -> redis.del(ofCustomer, ofGuest));
        }
    }

    @Test
    @Tag("CRT-01")
    void whatAGuestHasSavedEndsByItselfAndWhatACustomerHasDoesNot() {
        CartOwner guest = new CartOwner(null, Ids.next());
        for (CartOwner owner : List.of(guest, customer)) {
            UUID cart = fill(owner).id();
            shop.run(() -> store.saved().save(cart, owner, null, DAYS, mug));
        }

        assertThat(timeToLive(keys.saved(guest))).satisfies(aboutDays(SavedLists.GUEST_DAYS));
        assertThat(timeToLive(keys.saved(customer))).isNegative();
    }
}
