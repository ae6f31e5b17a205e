package org.cartulary.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The results of a run as they come in, on the console and in the end as Markdown and JSON. Used by one thread. */
final class Report {

    private final PrintWriter out;
    private final Map<String, String> machine = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, String> attachments = new LinkedHashMap<>();

    Report(PrintWriter out) {
        this.out = out;
    }

    /** Says something on the console that does not stand in the results. */
    void say(String line) {
        out.println(line);
        out.flush();
    }

    void machine(Map<String, String> facts) {
        machine.putAll(facts);
        facts.forEach((name, value) -> say("  " + name + ": " + value));
    }

    void settings(Map<String, String> values) {
        settings.putAll(values);
        values.forEach((name, value) -> say("  " + name + " = " + value));
    }

    /** A sentence that stands below the table. */
    void remark(String sentence) {
        remarks.add(sentence);
        say("  " + sentence);
    }

    /** A text that stands at the end under a title. */
    void attach(String title, String text) {
        attachments.put(title, text);
    }

    void add(Measurement measurement) {
        measurements.add(measurement);
        say("  " + console(measurement));
    }

    /** The figure of a line that was measured before, for comparing with it. */
    OptionalDouble perSecond(String part, String name, int clients) {
        return measurements.stream()
                .filter(line -> line.part().equals(part) && line.name().equals(name) && line.clients() == clients)
                .mapToDouble(Measurement::perSecond)
                .reduce((_, last) -> last);
    }

    private static String console(Measurement line) {
        return String.format(
                Locale.ROOT,
                "%-10s %-34s %4d clients %,10.1f %s/s  p50 %s p95 %s p99 %s ms  failed %d%s  %s",
                line.part(),
                line.name(),
                line.clients(),
                line.perSecond(),
                line.unit(),
                millis(line.p50()),
                millis(line.p95()),
                millis(line.p99()),
                line.failed(),
                line.baseline() == null ? "" : "  = " + ratio(line) + " × baseline",
                line.details());
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, micros < 10_000 ? "%.2f" : "%.0f", micros / 1000.0);
    }

    private static String ratio(Measurement line) {
        Double baseline = line.baseline();
        return baseline == null || baseline == 0 ? "" : String.format(Locale.ROOT, "%.2f", line.perSecond() / baseline);
    }

    /** Writes {@code NAME.md} and {@code NAME.json}. */
    void write(Path folder, String name, String command) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".md"), markdown(command));
            Files.writeString(folder.resolve(name + ".json"), json(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        say("Results: " + folder.resolve(name + ".md"));
    }

    private String markdown(String command) {
        StringBuilder text = new StringBuilder("# Results\n\nMeasured with `" + command + "` on "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + "; [README.md](README.md) says what the lines mean.\n\n");
        text.append(
                "| part | what | clients | per second | baseline | ratio | wanted | p50 ms | p95 ms | p99 ms | failed |\n");
        text.append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (Measurement line : measurements) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %,.0f %s | %s | %s | %s | %s | %s | %s | %d |%n",
                    line.part(),
                    line.name(),
                    line.clients(),
                    line.perSecond(),
                    line.unit(),
                    line.baseline() == null ? "" : String.format(Locale.ROOT, "%,.0f", line.baseline()),
                    ratio(line),
                    line.wanted() == null ? "" : line.wanted(),
                    millis(line.p50()),
                    millis(line.p95()),
                    millis(line.p99()),
                    line.failed()));
        }
        text.append("\n## What each has cost\n\n");
        for (Measurement line : measurements) {
            if (!line.details().isEmpty()) {
                text.append(
                        String.format(Locale.ROOT, "- %s, %s, %d clients: ", line.part(), line.name(), line.clients()));
                text.append(String.join(
                        ", ",
                        line.details().entrySet().stream()
                                .map(detail -> detail.getKey() + " " + detail.getValue())
                                .toList()));
                text.append('\n');
            }
        }
        if (!remarks.isEmpty()) {
            text.append("\n## Remarks\n\n");
            remarks.forEach(remark -> text.append("- ").append(remark).append('\n'));
        }
        appendFacts(text, "Machine", machine);
        appendFacts(text, "PostgreSQL, as the server itself says", settings);
        attachments.forEach((title, attached) -> text.append("\n## ")
                .append(title)
                .append("\n\n```\n")
                .append(attached.strip())
                .append("\n```\n"));
        return text.toString();
    }

    private static void appendFacts(StringBuilder text, String title, Map<String, String> facts) {
        text.append("\n## ").append(title).append("\n\n| | |\n| --- | --- |\n");
        facts.forEach((name, value) ->
                text.append("| ").append(name).append(" | ").append(value).append(" |\n"));
    }

    private String json(String command) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("command", command);
        all.put("machine", machine);
        all.put("settings", settings);
        all.put("measurements", measurements);
        all.put("remarks", remarks);
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(all)
                + "\n";
    }
}
