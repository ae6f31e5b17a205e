package org.cartulary.platform.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.format.Formatter;
import org.springframework.format.FormatterRegistry;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.module.SimpleModule;

/**
 * The dates and times that a request may name, in its address or its body: those of ISO 8601 in the years 0001 to 9999. Java
 * knows many more than a database can keep.
 */
final class RequestTimes {

    /** What a caller has to send. */
    static final String EXPECTED = "a date or time in ISO 8601, of the years 0001 to 9999";

    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9999;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private RequestTimes() {}

    static boolean isNameable(Temporal time) {
        if (time instanceof Instant instant) {
            return !instant.isBefore(FIRST) && instant.isBefore(AFTER_LAST);
        }
        if (!time.isSupported(ChronoField.YEAR)) {
            return true;
        }
        int year = time.get(ChronoField.YEAR);
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }

    /** Reads the parameters of controllers, whose types are {@link Instant} for times and {@link LocalDate} for days. */
    static void addTo(FormatterRegistry registry) {
        registry.addFormatterForFieldType(Instant.class, new Format<>(Instant::parse));
        registry.addFormatterForFieldType(LocalDate.class, new Format<>(LocalDate::parse));
    }

    /** For the reader of bodies: all types of dates and times. */
    static JacksonModule module() {
        return new SimpleModule("request-times").setDeserializerModifier(new Modifier());
    }

    private record Format<T extends Temporal>(Function<CharSequence, T> reading) implements Formatter<T> {

        @Override
        public T parse(String text, Locale locale) {
            T time = reading.apply(text);
            if (!isNameable(time)) {
                throw new IllegalArgumentException("this has to be " + EXPECTED);
            }
            return time;
        }

        @Override
        public String print(T time, Locale locale) {
            return time.toString();
        }
    }

    private static final class Modifier extends ValueDeserializerModifier {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier bean, ValueDeserializer<?> deserializer) {
            return Temporal.class.isAssignableFrom(bean.getBeanClass()) ? new Bounded(deserializer) : deserializer;
        }
    }

    private static final class Bounded extends DelegatingDeserializer {

        Bounded(ValueDeserializer<?> reading) {
            super(reading);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reading) {
            return new Bounded(reading);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            Object value = super.deserialize(parser, context);
            if (value instanceof Temporal time && !isNameable(time)) {
                throw InvalidFormatException.from(parser, "this has to be " + EXPECTED, value, handledType());
            }
            return value;
        }
    }
}
