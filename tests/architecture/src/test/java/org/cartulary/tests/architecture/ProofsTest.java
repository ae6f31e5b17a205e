package org.cartulary.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proofs of the guards stay true to the code: their patches apply, their tests exist, and {@code docs/proofs.md} lists
 * them. {@code tests/proofs/prove} runs the proofs themselves.
 */
class ProofsTest {

    private static final Path PROOFS = Repository.root().resolve("tests/proofs");
    private static final List<GuardProof> GUARDS = GuardProof.all(PROOFS.resolve("guards"));

    @Test
    void everyPatchApplies() throws IOException, InterruptedException {
        List<String> broken = new ArrayList<>();
        for (GuardProof proof : GUARDS) {
            Result check = run(
                    Repository.root(),
                    "git",
                    "apply",
                    "--check",
                    "--whitespace=nowarn",
                    proof.file().toString());
            if (check.status() != 0) {
                broken.add(proof + ": " + check.output().strip());
            }
        }

        assertThat(broken)
                .as(
                        "patches that do not apply any more. The code around the guard has changed: take the guard out by hand,"
                                + " replace the difference in tests/proofs/guards/<name>.patch below its header by that of git diff,"
                                + " put the guard back, and run tests/proofs/prove <name>. A guard that is gone takes its patch along")
                .isEmpty();
    }

    @Test
    void everyTestThatIsNamedExists() {
        assertThat(GUARDS)
                .as("the proofs whose line Test: names a method that exists")
                .isNotEmpty()
                .allMatch(proof -> proof.namesATest(Repository.root()));
    }

    @Test
    void theDocumentListsThem() throws IOException, InterruptedException {
        Result table = run(Repository.root(), "bash", PROOFS.resolve("prove").toString(), "--table");

        assertThat(table.status()).as(table.output()).isZero();
        assertThat(Repository.root().resolve("docs/proofs.md"))
                .as("docs/proofs.md; tests/proofs/prove --table >docs/proofs.md writes it")
                .hasContent(table.output());
    }

    @Test
    void aPatchWithoutItsTestIsNoProof(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("lock.patch"), "Guard: a lock\nWithout it: harm\ndiff --git a/x b/x\nTest: m C#m\n");

        assertThatThrownBy(() -> GuardProof.all(folder)).hasMessageContaining("lock.patch has no line");
    }

    @Test
    void aTestThatIsGoneIsSeen(@TempDir Path root) throws IOException {
        Path guards = Files.createDirectories(root.resolve("guards/stock"));
        Files.writeString(
                guards.resolve("lock.patch"),
                "Guard: a lock\nWithout it: harm\nTest: stock LockTest#holds\n\ndiff x\n");
        GuardProof proof = GuardProof.all(root.resolve("guards")).getFirst();
        assertThat(proof.name()).isEqualTo("stock/lock");
        assertThat(proof.namesATest(root)).isFalse();

        Path tests = Files.createDirectories(root.resolve("stock/src/test/java"));
        Files.writeString(tests.resolve("LockTest.java"), "class LockTest { void held() {} }");
        assertThat(proof.namesATest(root)).isFalse();
        Files.writeString(tests.resolve("LockTest.java"), "class LockTest { void holds() {} }");
        assertThat(proof.namesATest(root)).isTrue();
    }

    private record Result(int status, String output) {}

    private static Result run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
