package org.cartulary.platform.saga;

import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who are told of the points that sagas of one type pass. */
record SagaListeners(String type, List<SagaListener> listeners) {

    private static final Logger LOG = LoggerFactory.getLogger(SagaListeners.class);

    private static final class Installed {
        static final List<SagaListener> ALL =
                ServiceLoader.load(SagaListener.class, SagaListener.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
    }

    /** The listeners that are installed; they learn of the definition. */
    static SagaListeners installed(SagaDefinition<?> definition) {
        return of(definition, Installed.ALL);
    }

    static SagaListeners of(SagaDefinition<?> definition, List<SagaListener> listeners) {
        SagaListeners all = new SagaListeners(definition.type(), listeners);
        if (!listeners.isEmpty()) {
            List<String> points = definition.points();
            all.tell(listener -> listener.defined(definition.type(), points));
        }
        return all;
    }

    /** A point of a saga. */
    void reached(UUID sagaId, String point) {
        if (!listeners.isEmpty()) {
            tell(listener -> listener.reached(type, sagaId, point));
        }
    }

    /** A point of a step; its name is put together only if somebody listens. */
    void reached(UUID sagaId, SagaStep<?> step, String point) {
        if (!listeners.isEmpty()) {
            reached(sagaId, step.name() + "/" + point);
        }
    }

    private void tell(Consumer<SagaListener> message) {
        for (SagaListener listener : listeners) {
            try {
                message.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("a listener to the sagas {} failed", type, e);
            }
        }
    }
}
