package org.cartulary.platform.http;

import java.io.Serial;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamReadException;

/**
 * A document in JSON has a value that could not be kept as it is: a text, or a name, with {@link UnstorableCharacters}, or a number of
 * more digits than can be read again.
 */
public final class UnkeepableValueException extends StreamReadException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String pointer;

    UnkeepableValueException(JsonParser parser, String message) {
        super(parser, message);
        // A name may have halves of surrogate pairs, too, and the answer has to be a text itself.
        this.pointer = parser.streamReadContext().pathAsPointer().toString().replaceAll("\\p{Cs}", "\uFFFD");
    }

    /** Where the value is, as a JSON pointer into the document. */
    public String pointer() {
        return pointer;
    }

    ProblemException problem() {
        return ProblemException.unprocessable("invalid-request", "the request is not valid")
                .with(pointer, "invalid-value", getOriginalMessage());
    }
}
