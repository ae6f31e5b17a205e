package org.cartulary.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Styles, scripts and pictures of a site. The hash of a file is part of its address, so that browsers may keep it for ever.
 * Read once at the start, a few hundred KiB at most. Thread-safe.
 */
public final class Assets {

    /** The file of htmx, the only script of somebody else. */
    public static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.8/dist/htmx.min.js";

    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final int HASH_CHARACTERS = 12;
    private static final Pattern ASSET = Pattern.compile("asset\\(([a-z0-9.-]+)\\)");

    /** A file; compared by nobody. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Asset(String hash, MediaType type, byte[] content, byte @Nullable [] zipped) {}

    private final String root;
    private final Map<String, Asset> byName = new HashMap<>();

    /**
     * The assets of a site.
     *
     * @param root where they are answered, such as {@code /assets}
     * @param files from the name in their address to the file on the class path
     */
    public Assets(String root, Map<String, String> files) {
        this.root = root;
        files.forEach((name, file) -> {
            if (!name.endsWith(".css")) {
                byName.put(name, asset(name, read(file)));
            }
        });
        files.forEach((name, file) -> {
            if (name.endsWith(".css")) {
                byName.put(name, asset(name, withUrls(read(file))));
            }
        });
    }

    /** Styles name other assets as {@code asset(NAME)}. */
    private byte[] withUrls(byte[] styles) {
        return ASSET.matcher(new String(styles, StandardCharsets.UTF_8))
                .replaceAll(named -> "url(" + url(named.group(1)) + ")")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The address of the file. */
    public String url(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("there is no asset " + name);
        }
        return root + "/" + asset.hash() + "/" + name;
    }

    /** Answers with the file that the variables {@code hash} and {@code name} of the path name. */
    public ServerResponse serve(ServerRequest request) {
        Asset asset = byName.get(request.pathVariable("name"));
        if (asset == null || !asset.hash().equals(request.pathVariable("hash"))) {
            return ServerResponse.notFound().build();
        }
        ServerResponse.BodyBuilder answer = ServerResponse.ok()
                .contentType(asset.type())
                .cacheControl(CacheControl.maxAge(FOR_EVER).cachePublic().immutable());
        byte[] zipped = asset.zipped();
        if (zipped == null) {
            return answer.body(asset.content());
        }
        answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return takesGzip(request)
                ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(zipped)
                : answer.body(asset.content());
    }

    private static boolean takesGzip(ServerRequest request) {
        return request.headers().header(HttpHeaders.ACCEPT_ENCODING).stream().anyMatch(value -> value.contains("gzip"));
    }

    private static byte[] read(String file) {
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the file " + file + " is missing on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be read", e);
        }
    }

    private static Asset asset(String name, byte[] content) {
        MediaType type = MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
        return new Asset(hash(content), type, content, isText(type) ? zip(content) : null);
    }

    private static boolean isText(MediaType type) {
        return type.getType().equals("text")
                || type.getSubtype().contains("javascript")
                || type.getSubtype().contains("svg");
    }

    private static byte[] zip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory can be written", impossible);
        }
        return out.toByteArray();
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
