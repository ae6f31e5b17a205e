package org.cartulary.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What the results were measured on. */
final class MachineFacts {

    private static final int PROBES = 300;
    private static final int PAGE = 8192;

    private MachineFacts() {}

    /**
     * The facts by name.
     *
     * @param folder on the disk that the cluster uses
     */
    static Map<String, String> of(Path folder) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", lineOf("/proc/cpuinfo", "model name"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", lineOf("/proc/meminfo", "MemTotal"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("load before", lineOf("/proc/loadavg", ""));
        facts.put("write and fdatasync of 8 kB", syncLatency(folder));
        return facts;
    }

    private static String lineOf(String file, String key) {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(path)) {
            String line = lines.filter(text -> text.startsWith(key)).findFirst().orElse("unknown");
            return line.substring(line.indexOf(':') + 1).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one commit waits for at least. */
    private static String syncLatency(Path folder) {
        Histogram micros = new Histogram(3);
        Path file = folder.resolve("sync-probe");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            channel.write(ByteBuffer.allocate(PAGE * PROBES));
            channel.force(true);
            for (int probe = 0; probe < PROBES; probe++) {
                long begun = System.nanoTime();
                channel.write(ByteBuffer.allocate(PAGE), (long) probe * PAGE);
                channel.force(false);
                micros.recordValue((System.nanoTime() - begun) / 1000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.format(
                Locale.ROOT, "p50 %d µs, p99 %d µs", micros.getValueAtPercentile(50), micros.getValueAtPercentile(99));
    }
}
