package org.cartulary.tests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cartulary.tests.isolation.WalkCaller.Fate;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Every endpoint of the public API is asked by every kind of caller, and answers as {@code docs/permissions.md} declares. With
 * {@code -Dpermissions.write=true} this writes the rows there for people to review; without, it fails where an endpoint has come,
 * has gone, or is open to others than the document says.
 */
@Tag("AUT-05")
@HoldsThePlatform("signs access tokens with a key of its own")
@ExtendWith(Neighbourhood.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EndpointMatrixTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "permissions.md");
    private static final String HEAD = "| --- | --- | --- | --- |\n";
    private static final Pattern OF_A_CUSTOMER =
            Pattern.compile("/api/v1/store/(carts|checkouts|orders|reviews|sessions)/.*");
    /** With these the platform refuses before an endpoint is reached; an endpoint refuses with codes of its own. */
    private static final List<String> AT_THE_DOOR =
            List.of("unauthorized", "forbidden", "invalid-token", "token-expired", "unknown-shop");

    private final List<PublicEndpoint> endpoints = PublicEndpoint.declared();
    private final WalkedShop shop;
    private final WalkedShop other;
    private final EndpointWalk walk;

    EndpointMatrixTest(Neighbourhood neighbourhood) {
        shop = neighbourhood.shop();
        other = neighbourhood.other();
        walk = new EndpointWalk(shop);
    }

    @Test
    @Order(1)
    void everyEndpointIsInTheOpenApiDocument() {
        assertThat(walk.documented())
                .containsExactlyInAnyOrderElementsOf(
                        endpoints.stream().map(PublicEndpoint::name).toList());
    }

    @Test
    @Order(2)
    void whatBelongsToOthersIsNotThere() {
        List<String> before = shop.belongings();
        List<String> faults = new ArrayList<>();
        List<WalkCaller> strangers = shop.strangers(other);
        List<WalkCaller> neighbours = shop.neighbours();
        int calls = 0;
        for (PublicEndpoint endpoint : endpoints) {
            String object = shop.objectOf(endpoint.path());
            if (object.isEmpty()) {
                continue;
            }
            List<WalkCaller> attackers = new ArrayList<>(strangers);
            if (OF_A_CUSTOMER.matcher(endpoint.path()).matches()) {
                attackers.addAll(neighbours);
            }
            for (WalkCaller attacker : attackers) {
                calls++;
                HttpShop.Answer answer = walk.ask(endpoint, attacker, object, shop.bodyFor(endpoint));
                if (!isHidden(endpoint, attacker, answer)) {
                    faults.add(attacker.name() + ": " + answer.status() + " " + answer.text());
                }
            }
        }
        System.out.printf("endpoint matrix: %d calls for objects of others%n", calls);
        assertThat(faults).isEmpty();
        assertThat(shop.belongings()).isEqualTo(before);
    }

    /** Not found; or refused at the door, or for the request itself, which tells nothing; or as an id that nobody has. */
    private boolean isHidden(PublicEndpoint endpoint, WalkCaller attacker, HttpShop.Answer answer) {
        if (answer.status() == 200) {
            return endpoint.method().equals("GET") && isAnsweredAsNothing(endpoint, attacker, answer);
        }
        if (attacker.fate().apply(endpoint.access()) instanceof Fate.Refused refused) {
            return isRefused(refused, answer);
        }
        if (answer.status() == 404 || List.of("no-session", "unknown-product").contains(code(answer))) {
            return true;
        }
        if (answer.status() == 401 || answer.status() == 403) {
            return !isAtTheDoor(answer);
        }
        boolean incomplete =
                shop.bodyFor(endpoint) == null && !List.of("GET", "DELETE").contains(endpoint.method());
        return incomplete && answer.status() >= 400 && answer.status() < 500;
    }

    private boolean isAnsweredAsNothing(PublicEndpoint endpoint, WalkCaller attacker, HttpShop.Answer answer) {
        String object = shop.objectOf(endpoint.path());
        String nobodys = UUID.randomUUID().toString();
        JsonNode nothing = walk.ask(endpoint, attacker, nobodys, null).body();
        return answer.body().toString().equals(nothing.toString().replace(nobodys, object));
    }

    @Test
    @Order(3)
    void everyCallerIsAnsweredAsDeclared() throws IOException {
        List<WalkCaller> callers = shop.callers(other);
        Map<PublicEndpoint, SortedSet<String>> ownRefusals = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        int calls = 0;
        for (PublicEndpoint endpoint : sessionsLast()) {
            SortedSet<String> refusals = new TreeSet<>();
            ownRefusals.put(endpoint, refusals);
            for (WalkCaller caller : callers) {
                calls++;
                HttpShop.Answer answer =
                        walk.ask(endpoint, caller, UUID.randomUUID().toString(), null);
                Fate fate = caller.fate().apply(endpoint.access());
                boolean fits = switch (fate) {
                    case Fate.Refused refused -> isRefused(refused, answer);
                    case Fate.Admitted _ -> isAdmitted(answer, refusals);
                };
                if (!fits) {
                    faults.add("%s should be %s and got %d: %s"
                            .formatted(caller.name(), fate, answer.status(), answer.text()));
                }
            }
        }
        System.out.printf(
                "endpoint matrix: %d endpoints, %d callers, %d calls%n", endpoints.size(), callers.size(), calls);
        assertThat(faults).isEmpty();
        compare(ownRefusals);
    }

    /** Those who log out are asked for nothing more. */
    private List<PublicEndpoint> sessionsLast() {
        return endpoints.stream()
                .sorted(Comparator.comparing((PublicEndpoint endpoint) ->
                                endpoint.name().startsWith("DELETE /api/v1/store/sessions"))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static void compare(Map<PublicEndpoint, SortedSet<String>> ownRefusals) throws IOException {
        StringBuilder rows = new StringBuilder();
        ownRefusals.forEach(
                (endpoint, refusals) -> rows.append(endpoint.row(refusals)).append('\n'));
        String document = Files.readString(DOCUMENT);
        String written = document.substring(0, document.indexOf(HEAD) + HEAD.length()) + rows;
        if (Boolean.getBoolean("permissions.write")) {
            Files.writeString(DOCUMENT, written);
        } else {
            assertThat(document.lines())
                    .as("docs/permissions.md; -Dpermissions.write=true writes it")
                    .containsExactlyElementsOf(written.lines().toList());
        }
    }

    private static boolean isRefused(Fate.Refused refused, HttpShop.Answer answer) {
        return answer.status() == refused.status() && code(answer).equals(refused.code());
    }

    private static boolean isAdmitted(HttpShop.Answer answer, SortedSet<String> ownRefusals) {
        if (answer.status() == 401 || answer.status() == 403) {
            ownRefusals.add(code(answer));
        }
        return answer.status() < 500 && !isAtTheDoor(answer);
    }

    private static boolean isAtTheDoor(HttpShop.Answer answer) {
        return AT_THE_DOOR.contains(code(answer));
    }

    private static String code(HttpShop.Answer answer) {
        return answer.body().path("code").asString("");
    }
}
