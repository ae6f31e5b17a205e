package org.cartulary.app.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.cartulary.app.InstallationException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ArgumentsTest {

    private static String refusal(Object command, String... arguments) {
        CommandLine commands = ArgumentWords.understoodBy(new CommandLine(command));
        try {
            commands.parseArgs(arguments);
        } catch (CommandLine.ParameterException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("understood: " + List.of(arguments));
    }

    @Test
    void whatCannotBeReadIsSaidWithoutNamesOfJava() {
        List<String> refusals = List.of(
                refusal(new ReplayCommand(), "online-retail", "f", "--until=yesterday"),
                refusal(new ReplayCommand(), "online-retail", "f", "--clients=many"),
                refusal(new ReplayCommand(), "offline-retail", "f"),
                refusal(new StuckWorkCommand(), "retry", "order", "saga", "ID", "--reason=x"),
                refusal(new StuckWorkCommand(), "skip", "order", "saga", "ID", "--reason=x", "--version=new"));

        assertThat(refusals.get(0)).contains("--until", "'yesterday' is not a date like 2010-12-08");
        assertThat(refusals.get(1)).contains("--clients", "'many' is not a whole number");
        assertThat(refusals.get(2)).contains("there is no data set \"offline-retail\", only online-retail");
        assertThat(refusals.get(3)).contains("'ID' is not an id, as the list shows it");
        assertThat(refusals.get(4)).contains("is not");
        assertThat(refusals)
                .allSatisfy(refusal -> assertThat(refusal)
                        .doesNotContain("java", "Exception", "UUID", "LocalDate", "ONLINE_RETAIL", "long"));
    }

    @Test
    void aUrlWithoutItsSchemeIsGivenItsScheme() {
        assertThat(BaseUrl.require("--url", "http://localhost:8091")).isEqualTo("http://localhost:8091");
        assertThat(BaseUrl.require("--url", "https://shop.example/")).isEqualTo("https://shop.example/");
        refused("localhost:8091", "write http://localhost:8091, not localhost:8091");
        refused("shop.example", "write http://shop.example, not shop.example");
        refused("ftp://shop.example", "for example http://localhost:8080");
        refused("http://localhost:99999", "for example http://localhost:8080");
        refused("", "for example http://localhost:8080");
    }

    private static void refused(String text, String words) {
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> BaseUrl.require("--url", text))
                .withMessageContaining(words)
                .withMessageStartingWith("--url needs a URL");
    }
}
