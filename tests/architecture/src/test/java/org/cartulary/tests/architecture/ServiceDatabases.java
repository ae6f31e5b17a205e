package org.cartulary.tests.architecture;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cartulary.platform.testing.TestDatabase;

/** The databases of all services, each made when a test asks for it first, so that a broken one fails its own tests only. */
final class ServiceDatabases implements AutoCloseable {

    private final Map<String, TestDatabase> databases = new ConcurrentHashMap<>();

    static List<String> services() {
        return Repository.services();
    }

    TestDatabase of(String service) {
        return databases.computeIfAbsent(service, TestDatabase::create);
    }

    @Override
    public void close() {
        databases.values().forEach(TestDatabase::close);
    }
}
