package org.cartulary.app.api;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names the schemas of the OpenAPI document after their types, and those of nested types after both, as {@code CartViewLine}: services
 * know nothing of one another and have types of the same simple name. Two types that would share a name all the same are refused, as
 * the document would show one for the other. Thread-safe.
 */
final class SchemaNames extends TypeNameResolver {

    private final Map<String, Class<?>> named = new ConcurrentHashMap<>();

    @Override
    protected String getNameOfClass(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        String name = outer == null ? super.getNameOfClass(type) : getNameOfClass(outer) + type.getSimpleName();
        Class<?> first = named.putIfAbsent(name, type);
        if (first != null && first != type) {
            throw new IllegalStateException("the schemas of " + first.getName() + " and " + type.getName()
                    + " would both be named " + name + ": rename one of the types");
        }
        return name;
    }
}
