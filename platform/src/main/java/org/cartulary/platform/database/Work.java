package org.cartulary.platform.database;

import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work of which a {@link WorkListener} is told, while a thread does it. Thread-safe. */
public final class Work {

    private static final Logger LOG = LoggerFactory.getLogger(Work.class);
    private static final ScopedValue<Work> CURRENT = ScopedValue.newInstance();

    private final String name;
    private final String subject;
    private final AtomicInteger commits = new AtomicInteger();

    private Work(String name, String subject) {
        this.name = name;
        this.subject = subject;
    }

    private static final class Installed {
        static final List<WorkListener> ALL =
                ServiceLoader.load(WorkListener.class, WorkListener.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
    }

    /** Says that this process may do such work. */
    public static void declare(String name) {
        tell(listener -> listener.declared(name));
    }

    /** Does the work; every transaction that this thread commits meanwhile is a point of it. */
    public static void during(String name, String subject, Runnable action) {
        if (Installed.ALL.isEmpty()) {
            action.run();
            return;
        }
        Work work = new Work(name, subject);
        work.reached("begin");
        ScopedValue.where(CURRENT, work).run(action);
        work.reached("end");
    }

    /** Work that is about whatever there is passes a point. */
    public static void reached(String name, String point) {
        tell(listener -> listener.reached(name, "", point));
    }

    /** A transaction of the work of this thread is about to be committed, by whatever thread. */
    public static void committing() {
        if (CURRENT.isBound()) {
            Work work = CURRENT.get();
            work.reached("commit-" + work.commits.incrementAndGet() + "/before");
        }
    }

    /** The transaction is committed, and its connection given back. */
    public static void committed() {
        if (CURRENT.isBound()) {
            Work work = CURRENT.get();
            work.reached("commit-" + work.commits.get() + "/done");
        }
    }

    private void reached(String point) {
        tell(listener -> listener.reached(name, subject, point));
    }

    private static void tell(Consumer<WorkListener> message) {
        for (WorkListener listener : Installed.ALL) {
            try {
                message.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("a listener to work failed", e);
            }
        }
    }
}
