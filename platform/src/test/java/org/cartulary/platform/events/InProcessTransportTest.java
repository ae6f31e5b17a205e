package org.cartulary.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InProcessTransportTest {

    private final UUID tenant = Ids.next();
    private final UUID thing = Ids.next();
    private final List<Long> handled = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final InProcessTransport transport = new InProcessTransport(event -> handled.add(event.aggregateVersion()));

    private List<Event> events(int number, String data) {
        return LongStream.rangeClosed(1, number)
                .mapToObj(version -> new Event(
                        Ids.next(),
                        tenant,
                        "thing.happened.v1",
                        1,
                        "thing",
                        thing,
                        version,
                        Instant.EPOCH,
                        "t",
                        5,
                        data))
                .toList();
    }

    private RemoteEventTarget targetThat(RuntimeException failure, long poisoned) {
        return events -> {
            requests.add(events.stream()
                    .map(event -> Long.toString(event.aggregateVersion()))
                    .collect(Collectors.joining(",")));
            if (events.stream().anyMatch(event -> event.aggregateVersion() == poisoned)) {
                throw failure;
            }
        };
    }

    @Test
    @Tag("PLT-14")
    void theEventsOfAnAggregateTravelInOneRequest() {
        transport.forwardTo(List.of(targetThat(new IllegalStateException(), 0)));
        assertThat(transport.deliver("shop", events(4, "{}"), () -> true)).isEqualTo(new Delivery(4, null));
        assertThat(handled).containsExactly(1L, 2L, 3L, 4L);
        assertThat(requests).containsExactly("1,2,3,4");
    }

    @Test
    @Tag("PLT-14")
    void aRequestIsNotLargerThanAProcessTakes() {
        transport.forwardTo(List.of(targetThat(new IllegalStateException(), 0)));
        String large = "x".repeat(90_000);
        assertThat(transport.deliver("shop", events(5, large), () -> true).delivered())
                .isEqualTo(5);
        assertThat(requests).containsExactly("1,2", "3,4", "5");
    }

    @Test
    @Tag("PLT-14")
    void aRefusedRequestIsRepeatedOneByOneUpToTheEventThatIsRefused() {
        RuntimeException poison = new IllegalStateException("poisoned");
        transport.forwardTo(List.of(targetThat(poison, 3)));
        Delivery delivery = transport.deliver("shop", events(4, "{}"), () -> true);
        assertThat(delivery.delivered()).isEqualTo(2);
        assertThat(delivery.failure()).isSameAs(poison);
        assertThat(requests).containsExactly("1,2,3,4", "1", "2", "3");
    }

    @Test
    @Tag("PLT-14")
    void aProcessThatCannotBeReachedIsNotAskedAgainForEachEvent() {
        transport.forwardTo(List.of(targetThat(new TransportUnavailableException("gone", null), 3)));
        Delivery delivery = transport.deliver("shop", events(4, "{}"), () -> true);
        assertThat(delivery.delivered()).isZero();
        assertThat(Unavailability.isReasonFor(delivery.failure())).isTrue();
        assertThat(requests).hasSize(1);
    }

    @Test
    @Tag("PLT-09")
    void nothingIsBegunWhenTheLeaseIsOver() {
        List<Event> events = events(4, "{}");
        assertThat(transport.deliver("shop", events, () -> handled.size() < 2)).isEqualTo(new Delivery(2, null));
        assertThat(handled).containsExactly(1L, 2L);
    }

    @Test
    @Tag("PLT-09")
    void aLostConnectionDoesNotCountAgainstAnEventAndAWrongRowDoes() {
        assertThat(Unavailability.isReasonFor(new IllegalStateException(new SQLException("gone", "57P01"))))
                .isTrue();
        assertThat(Unavailability.isReasonFor(new IllegalStateException(new SQLException("gone", "08006"))))
                .isTrue();
        assertThat(Unavailability.isReasonFor(new IllegalStateException(new SQLException("twice", "23505"))))
                .isFalse();
        assertThat(Unavailability.isReasonFor(new IllegalStateException("poisoned")))
                .isFalse();
    }
}
