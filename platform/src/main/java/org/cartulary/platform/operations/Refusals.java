package org.cartulary.platform.operations;

import java.util.Locale;
import org.cartulary.platform.http.ProblemException;

/** Why nothing was done about stuck work. */
final class Refusals {

    private Refusals() {}

    static ProblemException notFound(ActOnStuckWork command) {
        return ProblemException.notFound(
                "stuck-work-not-found",
                "there is no " + command.kind().word() + " " + command.id() + " that is not at its end");
    }

    /** Nobody runs it, and yet it could not be done. */
    static ProblemException of(ActOnStuckWork command, StuckWork now) {
        if (command.version() != null && command.version() != now.version()) {
            return ProblemException.conflict("stuck-work-changed", "it has changed since you looked at it: look again")
                    .withProperty("version", now.version());
        }
        return ProblemException.conflict(
                        "act-not-allowed",
                        "to " + command.act().word() + " a " + command.kind().word() + " that is "
                                + now.state().name().toLowerCase(Locale.ROOT) + " is not possible")
                .withProperty("acts", now.acts());
    }
}
