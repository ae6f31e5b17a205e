package org.cartulary.benchmarks;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Somebody who reads, and perhaps says which version they have already. */
final class ReadClient implements Load.Client {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final HttpConnection http;
    private final Random random;
    private final Function<Random, String> paths;
    private final @Nullable LongAdder notModified;
    private final String headers;
    private final Map<String, String> etags = new HashMap<>();

    /**
     * A reader.
     *
     * @param paths what is read next
     * @param notModified counts the answers without a body; {@code null} for a reader that does not say what it has
     */
    ReadClient(int port, long seed, Function<Random, String> paths, @Nullable LongAdder notModified) {
        this(port, seed, "", paths, notModified);
    }

    /** A reader who shows a key. */
    static ReadClient bearing(int port, long seed, String key, Function<Random, String> paths) {
        return new ReadClient(port, seed, "Authorization: Bearer " + key + "\r\n", paths, null);
    }

    private ReadClient(
            int port, long seed, String headers, Function<Random, String> paths, @Nullable LongAdder notModified) {
        this.headers = headers;
        this.http = new HttpConnection(port);
        this.random = new Random(seed);
        this.paths = paths;
        this.notModified = notModified;
    }

    @Override
    public String once() throws IOException {
        String path = paths.apply(random);
        String known = notModified == null ? null : etags.get(path);
        int status =
                http.send("GET", path, known == null ? headers : headers + "If-None-Match: " + known + "\r\n", null);
        if (status == NOT_MODIFIED && notModified != null) {
            notModified.increment();
            return "";
        }
        String etag = http.etag();
        if (notModified != null && etag != null) {
            etags.put(path, etag);
        }
        return status == OK ? "" : "status " + status;
    }

    @Override
    public void close() {
        http.close();
    }
}
