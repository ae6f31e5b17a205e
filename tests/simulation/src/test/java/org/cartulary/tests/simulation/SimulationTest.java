package org.cartulary.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.MigratedCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand random operations and two crashes: the platform is always what a simple model says. */
@Tag("PLT-12")
@Tag("PLT-13")
@Tag("INV-02")
@Tag("PAY-06")
@Tag("ORD-06")
final class SimulationTest {

    private static final int OPERATIONS = 10_000;

    @Test
    void platformIsWhatTheModelSays() {
        Simulation.Settings settings = new Simulation.Settings(
                Long.getLong("simulation.seed", 20_261_121),
                Integer.getInteger("simulation.operations", OPERATIONS),
                Simulation.DISTRICTS,
                4,
                2,
                Installation.freshFolder("simulation").resolve("data"),
                Installation.freePort());
        MigratedCluster.prepareDataDirectory(settings.dataDirectory());
        try (Simulation simulation = new Simulation(settings, line -> System.out.println(line))) {
            Simulation.Result result = simulation.run();

            System.out.println(result);
            assertThat(result.operations()).isEqualTo(settings.operations());
            assertThat(result.orders()).isPositive();
        }
    }
}
