package org.cartulary.platform.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an answer shows of one person.
 *
 * @param categories those of which it has a value
 */
public record Disclosure(DataSubject subject, Set<PersonalDataCategory> categories) {

    public Disclosure {
        categories = Set.copyOf(categories);
    }

    /** What an answer shows, in its order, each subject once; of whom it shows nothing is left out. */
    public static List<Disclosure> in(@Nullable Object answer) {
        Map<DataSubject, Set<PersonalDataCategory>> found = new LinkedHashMap<>();
        find(answer, found);
        return found.entrySet().stream()
                .map(one -> new Disclosure(one.getKey(), one.getValue()))
                .toList();
    }

    private static void find(@Nullable Object value, Map<DataSubject, Set<PersonalDataCategory>> found) {
        if (value instanceof AboutPerson person) {
            Set<PersonalDataCategory> categories = EnumSet.noneOf(PersonalDataCategory.class);
            collect(value, categories);
            if (!categories.isEmpty()) {
                found.merge(person.dataSubject(), categories, (before, more) -> {
                    before.addAll(more);
                    return before;
                });
            }
        } else {
            parts(value).forEach(part -> find(part, found));
        }
    }

    private static void collect(@Nullable Object value, Set<PersonalDataCategory> categories) {
        if (value instanceof Record whole && isOurs(whole)) {
            for (RecordComponent component : whole.getClass().getRecordComponents()) {
                Personal personal = component.getAnnotation(Personal.class);
                Object part = part(whole, component);
                if (personal != null) {
                    if (isSomething(part)) {
                        categories.add(personal.value());
                    }
                } else {
                    collect(part, categories);
                }
            }
        } else {
            parts(value).forEach(part -> collect(part, categories));
        }
    }

    /** What a value is made of, where it is made of parts that can be about people. */
    private static Stream<@Nullable Object> parts(@Nullable Object value) {
        return switch (value) {
            case null -> Stream.empty();
            case Iterable<?> all -> {
                List<@Nullable Object> parts = new ArrayList<>();
                all.forEach(parts::add);
                yield parts.stream();
            }
            case Optional<?> one -> one.stream().map(part -> part);
            case Map<?, ?> map -> map.values().stream().map(part -> part);
            case Record whole
            when isOurs(whole) ->
                Stream.of(whole.getClass().getRecordComponents()).map(component -> part(whole, component));
            default -> Stream.empty();
        };
    }

    private static boolean isSomething(@Nullable Object part) {
        return part != null
                && !(part instanceof Map<?, ?> map && map.isEmpty())
                && !(part instanceof Collection<?> all && all.isEmpty());
    }

    private static boolean isOurs(Record value) {
        return value.getClass().getName().startsWith("org.cartulary.");
    }

    private static @Nullable Object part(Record whole, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(whole);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the component " + component + " of an answer cannot be read", e);
        }
    }
}
