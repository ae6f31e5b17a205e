package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.tests.support.Commands;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every wrong word gets a clear answer of a line or two, and an exit status. */
@ExtendWith(SharedInstallation.class)
@HoldsThePlatform("starts platforms by wrong commands, of which none has to be running")
final class CommandLineTest {

    private final Installation installation;

    CommandLineTest(Installation installation) {
        this.installation = installation;
    }

    private static void fails(Commands.Outcome outcome, String message) {
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.err().strip())
                .startsWith("cartulary: ")
                .contains(message)
                .doesNotContain("\n", "Exception");
    }

    @Test
    void helpNamesAllCommands() {
        Commands.Outcome outcome = Commands.run("help");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("up", "import", "replay", "verify", "test");
        assertThat(Commands.run("help", "up").out()).contains("--port", "--data-dir", "--services", "--database-url");
        assertThat(Commands.run().out()).contains("Usage: cartulary");
    }

    @Test
    void wrongWordsAreNamedWithWhatIsSimilar() {
        Commands.Outcome command = Commands.run("verfy");
        Commands.Outcome option = Commands.run("verify", "--data-dri=x");
        Commands.Outcome dataset = Commands.run("import", "offline-retail", "file.csv");
        Commands.Outcome number = Commands.run("replay", "online-retail", "file.csv", "--clients=many");

        assertThat(command.status()).isEqualTo(2);
        assertThat(command.err()).contains("verfy").contains("verify");
        assertThat(option.status()).isEqualTo(2);
        assertThat(option.err()).contains("--data-dri").contains("--data-dir");
        assertThat(dataset.status()).isEqualTo(2);
        assertThat(dataset.err()).contains("offline-retail").contains("online-retail");
        assertThat(number.status()).isEqualTo(2);
        assertThat(number.err()).contains("'many' is not a whole number");
    }

    @Test
    void portInUseIsSaid(@TempDir Path folder) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            fails(
                    Commands.run("up", "--port=" + taken.getLocalPort(), "--data-dir=" + folder),
                    "port " + taken.getLocalPort() + " is in use");
            Path other = folder.resolve("new");
            fails(
                    Commands.run("up", "--port=" + taken.getLocalPort(), "--data-dir=" + other),
                    "port " + taken.getLocalPort() + " is in use");
            assertThat(other).doesNotExist();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void dataDirectoryInUseIsSaid() {
        fails(
                Commands.run("up", "--port=" + Installation.freePort(), "--data-dir=" + installation.dataDirectory()),
                "is in use by another running Cartulary");
    }

    @Test
    void unknownServiceIsAnsweredWithTheKnownOnes(@TempDir Path folder) {
        fails(Commands.run("up", "--services=inventory,unicorns", "--data-dir=" + folder), "no service \"unicorns\"");
    }

    @Test
    void serviceThatIsNowhereIsSaid() {
        fails(
                Commands.run(
                        "up",
                        "--services=inventory",
                        "--port=" + Installation.freePort(),
                        "--data-dir=" + Installation.freshFolder("nowhere")),
                "say --remote=");
    }

    @Test
    void optionsThatCannotBeMeantAreSaid(@TempDir Path folder) {
        String data = "--data-dir=" + folder;
        fails(Commands.run("up", "--port=99999", data), "--port is 0 to 65535");
        fails(
                Commands.run("up", "--services=inventory", "--remote=order=localhost", data),
                "--remote=order needs a URL: write http://localhost, not localhost");
        fails(Commands.run("up", "--services=inventory", "--remote=order", data), "--remote is written SERVICES=URL");
    }

    @Test
    @Tag("PLT-14")
    void waysOfEventsThatCannotBeMeantAreSaid(@TempDir Path folder) {
        String data = "--data-dir=" + folder;
        fails(Commands.run("up", "--events=kafka", data), "add --kafka-bootstrap=host:port");
        fails(Commands.run("up", "--kafka-bootstrap=localhost:9092", data), "add --events=kafka");
        for (String malformed :
                List.of("localhost", "localhost:kafka", "localhost:99999", "http://localhost:9092", "")) {
            fails(
                    Commands.run("up", "--events=kafka", "--kafka-bootstrap=" + malformed, data),
                    "--kafka-bootstrap is written host:port");
        }
        fails(Commands.run("up", "--events=rabbit", data), "--events is in-process or kafka, not \"rabbit\"");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void databaseServerThatDoesNotAnswerIsSaid(@TempDir Path folder) {
        fails(
                Commands.run(
                        "up",
                        "--port=0",
                        "--database-url=postgresql://shop:secret@127.0.0.1:" + Installation.freePort(),
                        "--data-dir=" + folder),
                "the PostgreSQL server at --database-url cannot be used as shop");
    }

    @Test
    void databaseUrlThatIsNoneIsSaid(@TempDir Path folder) {
        fails(
                Commands.run("up", "--database-url=localhost", "--data-dir=" + folder),
                "postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
    }

    @Test
    void missingAndForeignFilesAreSaid(@TempDir Path folder) throws IOException {
        String data = "--data-dir=" + installation.dataDirectory();
        Path foreign = Files.writeString(folder.resolve("foreign.csv"), "a,b,c\n1,2,3\n");

        fails(Commands.run("import", "online-retail", folder.resolve("none.csv").toString(), data), "no readable file");
        fails(Commands.run("import", "online-retail", foreign.toString(), data), "not the Online Retail data set");
    }

    @Test
    void platformThatIsNotThereIsSaid(@TempDir Path folder) {
        fails(Commands.run("verify", "--data-dir=" + folder), "no platform has been started");
        fails(
                Commands.run("verify", "--url=http://localhost:" + Installation.freePort(), "--api-key=co_x"),
                "does not answer");
    }
}
