package org.cartulary.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is prepared is made once, whole, and anew when it would be another. */
final class PreparedOnceTest {

    private static final int AT_ONCE = 8;

    @TempDir
    private Path folder;

    private final AtomicInteger made = new AtomicInteger();

    private void make(Path draft) {
        try {
            Files.writeString(draft.resolve("number"), Integer.toString(made.incrementAndGet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String prepared(String madeOf) {
        List<String> number = new ArrayList<>();
        new PreparedOnce(folder).use(List.of(madeOf), this::make, whole -> {
            try {
                number.add(Files.readString(whole.resolve("number")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return number.getFirst();
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .map(path -> String.valueOf(path.getFileName()))
                    .toList();
        }
    }

    @Test
    void whoeverAsksAtTheSameTimeGetsTheSame() throws Exception {
        List<Future<String>> prepared = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                prepared.add(threads.submit(() -> prepared("a")));
            }
        }

        for (Future<String> one : prepared) {
            assertThat(one.get()).isEqualTo("1");
        }
    }

    @Test
    void whatIsMadeOfSomethingElseTakesItsPlace() throws IOException {
        assertThat(prepared("a")).isEqualTo("1");
        assertThat(prepared("b")).isEqualTo("2");
        assertThat(prepared("b")).isEqualTo("2");
        assertThat(folders()).hasSize(1);
        assertThat(prepared("a")).isEqualTo("3");
    }

    @Test
    void whatWasNotMadeToItsEndIsMadeAgain() throws IOException {
        assertThatIllegalStateException()
                .isThrownBy(() -> new PreparedOnce(folder)
                        .use(
                                List.of("a"),
                                draft -> {
                                    make(draft);
                                    throw new IllegalStateException("interrupted");
                                },
                                whole -> {}));

        assertThat(prepared("a")).isEqualTo("2");
        assertThat(folders()).hasSize(1);
    }
}
