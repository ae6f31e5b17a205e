package org.cartulary.app.commands;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What an argument has to look like, said in plain words instead of the names of Java types. */
final class ArgumentWords {

    private static final String WHOLE_NUMBER = "a whole number";

    private ArgumentWords() {}

    /** Teaches the words to a command line and all its commands. */
    static CommandLine understoodBy(CommandLine commands) {
        return commands.registerConverter(UUID.class, word(UUID::fromString, "an id, as the list shows it"))
                .registerConverter(LocalDate.class, word(LocalDate::parse, "a date like 2010-12-08"))
                .registerConverter(int.class, word(Integer::valueOf, WHOLE_NUMBER))
                .registerConverter(Long.class, word(Long::valueOf, WHOLE_NUMBER))
                .registerConverter(DatasetName.class, ArgumentWords::dataset);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(String text);
    }

    private static <T> ITypeConverter<T> word(Reading<T> reading, String kind) {
        return text -> {
            try {
                return reading.of(text);
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw refusal("'" + text + "' is not " + kind, e);
            }
        };
    }

    private static DatasetName dataset(String text) {
        try {
            return DatasetName.ofWord(text);
        } catch (IllegalArgumentException e) {
            throw refusal(String.valueOf(e.getMessage()), e);
        }
    }

    private static TypeConversionException refusal(String words, RuntimeException cause) {
        TypeConversionException refusal = new TypeConversionException(words);
        refusal.initCause(cause);
        return refusal;
    }
}
