package org.cartulary.benchmarks;

/** One thing that is measured. */
interface BenchmarkPart {

    /** The word for it after {@code --only=}. */
    String name();

    /** Measures it on the platform of the workbench and reports what it found. */
    void run(Workbench bench) throws Exception;
}
