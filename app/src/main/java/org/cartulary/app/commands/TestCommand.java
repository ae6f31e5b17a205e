package org.cartulary.app.commands;

import picocli.CommandLine.Command;

/** Stands in the list of commands; the script {@code cartulary} runs the suite itself, without the platform. */
@Command(name = "test", description = "Run the whole suite (from a source tree).")
final class TestCommand implements Runnable {

    @Override
    public void run() {
        throw new org.cartulary.app.InstallationException("the suite is run by ./cartulary test in a source tree");
    }
}
