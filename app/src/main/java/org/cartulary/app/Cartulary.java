package org.cartulary.app;

import org.cartulary.app.commands.CommandLineInterface;

/** Where the program begins. */
public final class Cartulary {

    private Cartulary() {}

    /** Runs the command; the exit status is 0 for success, 1 for a failure, 2 for a command that is not understood. */
    public static void main(String[] arguments) {
        System.exit(CommandLineInterface.run(arguments));
    }
}
