package org.cartulary.catalog;

import java.util.List;
import java.util.TreeSet;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fields that a request takes away, which it names: one that is left out stays as it is. */
final class Clearing {

    private Clearing() {}

    /**
     * Refuses to clear what is given in the same request.
     *
     * @param request with the fields
     * @param clear their names in it
     * @throws ProblemException 422 {@code cleared-and-given}
     */
    static void requireNotGiven(Object request, @Nullable List<String> clear) {
        if (clear == null) {
            return;
        }
        JsonNode fields = JsonMapper.shared().valueToTree(request);
        String detail = "a field is either cleared or given a value";
        ProblemException problem = ProblemException.unprocessable("cleared-and-given", detail);
        new TreeSet<>(clear)
                .stream().filter(fields::hasNonNull).forEach(name -> problem.with("/" + name, "cleared", detail));
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }
}
