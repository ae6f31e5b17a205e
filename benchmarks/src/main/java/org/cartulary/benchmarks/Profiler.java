package org.cartulary.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Async-profiler in another Java machine, for a flame graph of where its processors' time goes. Its library comes with the
 * Maven artifact, for Linux and macOS.
 */
final class Profiler {

    private final long pid;
    private final Path library;

    private Profiler(long pid, Path library) {
        this.pid = pid;
        this.library = library;
    }

    /** Prepares the profiler for a Java machine; the library is unpacked into the folder. */
    static Profiler of(long pid, Path folder) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "macos" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
        String resource =
                system.equals("macos") ? "/macos/libasyncProfiler.so" : "/linux-" + processor + "/libasyncProfiler.so";
        Path library = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        try (InputStream in = Profiler.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new BenchmarkException("async-profiler has no library for this system: " + resource);
            }
            Files.copy(in, library);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Profiler(pid, library);
    }

    /** Begins to take samples. */
    void start() {
        command("start,event=cpu,interval=1ms");
    }

    /** Ends it, and writes the flame graph; its folder is made. */
    void stop(Path file) {
        Path target = file.toAbsolutePath();
        try {
            Files.createDirectories(target.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        command("stop,flamegraph,title=purchase,file=" + target);
    }

    private void command(String arguments) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "JVMTI.agent_load",
                library.toString(),
                // Without quotation marks jcmd takes what stands before an equals sign for a name of its own.
                '"' + arguments + '"');
        try {
            Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (jcmd.waitFor() != 0 || !output.contains("return code: 0")) {
                throw new BenchmarkException("async-profiler could not be used:\n" + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
