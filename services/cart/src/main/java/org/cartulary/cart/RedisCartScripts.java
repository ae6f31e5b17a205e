package org.cartulary.cart;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.redis.RedisServer;

/** Runs the scripts on a server. Thread-safe. */
final class RedisCartScripts {

    private final RedisServer server;

    RedisCartScripts(RedisServer server) {
        this.server = server;
    }

    /**
     * What a script answered.
     *
     * @param outcome such as {@code DONE}
     * @param rest what it says besides
     */
    record Answer(String outcome, List<Object> rest) {

        String text(int position) {
            return String.valueOf(rest.get(position));
        }
    }

    /**
     * Runs a script on a shop's carts.
     *
     * @throws org.cartulary.platform.http.ProblemException 503 {@code service-unavailable} if Redis does not answer, or the owner
     *     is being forgotten this moment
     */
    Answer run(CartScript script, UUID tenant, List<String> arguments) {
        String[] keys = {new CartKeys(tenant).shop()};
        List<String> all = new ArrayList<>(arguments.size() + 1);
        all.add(LocalDate.now(ZoneOffset.UTC).toString());
        all.addAll(arguments);
        String[] values = all.toArray(String[]::new);
        List<Object> said = server.ask(redis -> {
            try {
                return redis.evalsha(script.sha1(), ScriptOutputType.MULTI, keys, values);
            } catch (RedisNoScriptException unknown) {
                // The server was started anew. Nothing was done yet.
                return redis.eval(script.text(), ScriptOutputType.MULTI, keys, values);
            }
        });
        Answer answer = new Answer(String.valueOf(said.getFirst()), said.subList(1, said.size()));
        if (answer.outcome().equals("BUSY")) {
            throw server.unavailable();
        }
        return answer;
    }
}
