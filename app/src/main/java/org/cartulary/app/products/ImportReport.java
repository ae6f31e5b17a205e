package org.cartulary.app.products;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.cartulary.app.client.ApiClient;
import tools.jackson.databind.JsonNode;

/** Says what became of an import, with each line that was refused. */
final class ImportReport {

    private final PrintWriter out;

    ImportReport(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints it; false where a line was refused, or the import did not come to the end of its file.
     *
     * @param path where the import is found
     */
    boolean print(JsonNode ended, ApiClient shop, String path) {
        errors(shop, path);
        out.printf(
                Locale.ROOT,
                "%,d products read: %,d created, %,d changed, %,d unchanged, %,d refused.%s%n",
                ended.path("lines").asLong(),
                ended.path("created").asLong(),
                ended.path("changed").asLong(),
                ended.path("unchanged").asLong(),
                ended.path("failed").asLong(),
                ended.path("dryRun").asBoolean(false) ? " Nothing was written: it was only tried." : "");
        boolean complete = ended.path("state").asString().equals("completed");
        if (!complete) {
            out.printf(
                    "The rest of the file was not read: the import %s%s.%n",
                    ended.path("state").asString().equals("cancelled") ? "was cancelled" : "failed",
                    ended.hasNonNull("failure") ? " (" + ended.path("failure").asString() + ")" : "");
        }
        out.flush();
        return complete && ended.path("failed").asLong() == 0;
    }

    private void errors(ApiClient shop, String path) {
        String cursor = "";
        JsonNode page;
        do {
            page = shop.get(path + "/errors?limit=100" + cursor);
            page.path("items").forEach(this::print);
            cursor = "&cursor="
                    + URLEncoder.encode(page.path("page").path("next").asString(""), StandardCharsets.UTF_8);
        } while (page.path("page").path("hasMore").asBoolean(false));
    }

    private void print(JsonNode error) {
        String field = error.path("field").asString("");
        out.printf(
                "line %d: %s%s (%s)%n",
                error.path("line").asLong(),
                field.isEmpty() ? "" : field + ": ",
                error.path("detail").asString(),
                error.path("code").asString());
    }
}
