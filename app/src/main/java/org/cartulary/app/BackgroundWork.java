package org.cartulary.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.EventHandler;
import org.cartulary.platform.events.EventsEndpoint;
import org.cartulary.platform.events.ReactingHandler;
import org.cartulary.platform.events.RemoteEventTarget;
import org.cartulary.platform.events.TransportUnavailableException;
import org.cartulary.platform.eventstore.EventStore;
import org.cartulary.platform.http.RemoteProblems;
import org.cartulary.platform.http.ServiceCallInterceptor;
import org.cartulary.platform.jobs.Housekeeping;
import org.cartulary.platform.jobs.Jobs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** What runs without being asked: the delivery of events to their consumers, here and in other processes, and the jobs. */
@Configuration(proxyBeanMethods = false)
class BackgroundWork {

    @Bean(destroyMethod = "close")
    EventBus eventBus(JsonMapper json, MeterRegistry meters, Environment environment) {
        return EventSettings.of(environment).bus(json, meters);
    }

    /** The component {@code events} of {@code /actuator/health}: the transport can be reached. */
    @Bean
    HealthIndicator eventsHealthIndicator(EventBus bus) {
        return () -> bus.fault()
                .map(fault -> Health.down().withDetail("error", fault).build())
                .orElseGet(() -> Health.up().build());
    }

    @Bean
    EventsEndpoint eventsEndpoint(EventBus bus) {
        return new EventsEndpoint(bus);
    }

    /** Begins when all services are made and the web server listens; ends before they go. */
    @Bean
    SmartLifecycle backgroundWorkLifecycle(
            EventBus bus,
            ObjectProvider<EventHandler<?>> handlers,
            ObjectProvider<ReactingHandler<?>> reacting,
            ObjectProvider<Jobs> jobs,
            Databases databases,
            Environment environment,
            ServiceCallInterceptor interceptor,
            RemoteProblems problems) {
        return new SmartLifecycle() {
            private volatile boolean running;
            private List<Jobs> allJobs = List.of();

            @Override
            public void start() {
                bus.host(handlers.stream().toList(), reacting.stream().toList());
                if (EventSettings.of(environment).kafka() == null) {
                    bus.forwardTo(otherProcesses(environment, interceptor, problems));
                }
                bus.start();
                allJobs = withHousekeeping(jobs.stream().toList(), databases);
                allJobs.forEach(Jobs::start);
                running = true;
            }

            @Override
            public void stop() {
                allJobs.forEach(Jobs::close);
                bus.close();
                running = false;
            }

            @Override
            public boolean isRunning() {
                return running;
            }
        };
    }

    private static List<RemoteEventTarget> otherProcesses(
            Environment environment, ServiceCallInterceptor interceptor, RemoteProblems problems) {
        return RemoteServices.notHosted(environment).stream()
                .filter(service -> !service.contracts().isEmpty())
                .map(service -> RemoteServices.baseUrl(environment, service))
                .distinct()
                .map(url -> target(ServiceClients.to(url, interceptor, problems)))
                .toList();
    }

    /** Every database keeps events and is kept clean, also that of a service without jobs of its own. */
    private static List<Jobs> withHousekeeping(List<Jobs> jobs, Databases databases) {
        Map<String, Jobs> byService = new LinkedHashMap<>();
        jobs.forEach(some -> byService.put(some.service(), some));
        for (Database database : databases.opened()) {
            Jobs all = byService.computeIfAbsent(database.service(), service -> new Jobs(database, List.of()));
            all.add(Housekeeping.of(database));
            all.add(new EventStore(database).job());
        }
        return List.copyOf(byService.values());
    }

    /** The events of one request are of one aggregate, and so of one tenant; each carries its own trace. */
    private static RemoteEventTarget target(RestClient client) {
        return events -> RequestContext.ofSystem(
                        events.getFirst().tenantId(), events.getFirst().traceId())
                .run(() -> post(client, events));
    }

    private static void post(RestClient client, List<Event> events) {
        try {
            client.post()
                    .uri(EventsEndpoint.PATH)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(events)
                    .retrieve()
                    .toBodilessEntity();
        } catch (ResourceAccessException e) {
            throw new TransportUnavailableException("another process cannot be reached: " + e.getMessage(), e);
        }
    }
}
