package org.cartulary.platform.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Keeps files in a bucket of a store that speaks S3, each as {@code tenant/hash}. The store answers once a file is kept; a file has the
 * same content whoever writes it, so that requests that fail are sent again, twice at most; but deletions, which could then come after the
 * file was needed again. Thread-safe, for several processes, too.
 */
public final class S3Files implements FileStore {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Whoever asks for the health of a process does not wait long. */
    private static final Duration TIMEOUT_OF_HEALTH = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int ATTEMPTS = 3;
    private static final byte[] NOTHING = {};

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERRORS = 500;

    /** What the client sets by itself, from the same address. */
    private static final Set<String> OF_THE_CLIENT = Set.of("host", "content-length");

    private final S3Settings settings;
    private final AwsCredentialsIdentity identity;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /** Keeps files in this bucket; asks it nothing yet. */
    public S3Files(S3Settings settings) {
        this.settings = settings;
        this.identity = AwsCredentialsIdentity.create(settings.accessKey(), settings.secretKey());
    }

    @Override
    public void write(UUID tenantId, ContentHash hash, byte[] content) {
        HttpResponse<byte[]> answer = send(SdkHttpMethod.PUT, key(tenantId, hash), content, ATTEMPTS);
        if (answer.statusCode() != OK) {
            throw refused("kept", answer);
        }
    }

    @Override
    public Optional<byte[]> read(UUID tenantId, ContentHash hash) {
        HttpResponse<byte[]> answer = send(SdkHttpMethod.GET, key(tenantId, hash), NOTHING, ATTEMPTS);
        if (answer.statusCode() == OK) {
            return Optional.of(answer.body());
        }
        if (isMissing(answer)) {
            return Optional.empty();
        }
        throw refused("read", answer);
    }

    @Override
    public Optional<InputStream> open(UUID tenantId, ContentHash hash) {
        HttpResponse<InputStream> answer =
                send(SdkHttpMethod.GET, key(tenantId, hash), NOTHING, ATTEMPTS, S3Files::opened);
        if (answer.statusCode() == OK) {
            return Optional.of(answer.body());
        }
        String refusal = text(answer.body());
        if (isMissing(answer.statusCode(), refusal)) {
            return Optional.empty();
        }
        throw refused("read", answer.statusCode(), refusal);
    }

    /** A refusal is read to its end at once, so that nobody has to close it. */
    private static BodySubscriber<InputStream> opened(ResponseInfo answer) {
        return answer.statusCode() == OK
                ? BodySubscribers.ofInputStream()
                : BodySubscribers.mapping(BodySubscribers.ofByteArray(), ByteArrayInputStream::new);
    }

    /** A store has a file when it has all of it: there are none. */
    @Override
    public void discardDrafts(Instant before) {}

    @Override
    public void delete(UUID tenantId, ContentHash hash) {
        HttpResponse<byte[]> answer = send(SdkHttpMethod.DELETE, key(tenantId, hash), NOTHING, 1);
        if (answer.statusCode() != OK && answer.statusCode() != NO_CONTENT && !isMissing(answer)) {
            throw refused("deleted", answer);
        }
    }

    /** The bucket is there and lets itself be listed; asked once, for two seconds. */
    @Override
    public void requireReachable() {
        try {
            HttpResponse<byte[]> answer = http.send(
                    signed(SdkHttpMethod.HEAD, address(""), NOTHING, TIMEOUT_OF_HEALTH), BodyHandlers.ofByteArray());
            if (answer.statusCode() != OK) {
                throw refused("looked for", answer);
            }
        } catch (IOException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static String key(UUID tenantId, ContentHash hash) {
        return "/" + tenantId + "/" + hash.hex();
    }

    /** A bucket that is missing is no missing file. */
    private static boolean isMissing(HttpResponse<byte[]> answer) {
        return isMissing(answer.statusCode(), text(answer));
    }

    private static boolean isMissing(int status, String text) {
        return status == NOT_FOUND && text.contains("<Code>NoSuchKey</Code>");
    }

    private HttpResponse<byte[]> send(SdkHttpMethod method, String key, byte[] content, int attempts) {
        return send(method, key, content, attempts, BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(
            SdkHttpMethod method, String key, byte[] content, int attempts, BodyHandler<T> body) {
        URI address = address(key);
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<T> answer = http.send(signed(method, address, content, TIMEOUT), body);
                if (answer.statusCode() < SERVER_ERRORS || attempt == attempts) {
                    return answer;
                }
            } catch (IOException e) {
                if (attempt == attempts) {
                    throw silent(e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            pause(attempt);
        }
    }

    private URI address(String key) {
        return URI.create(settings.endpoint().toString().replaceAll("/+$", "") + "/" + settings.bucket() + key);
    }

    private HttpRequest signed(SdkHttpMethod method, URI address, byte[] content, Duration timeout) {
        SdkHttpRequest signed = signer.sign(request -> request.identity(identity)
                        .request(SdkHttpRequest.builder()
                                .method(method)
                                .uri(address)
                                .build())
                        .payload(ContentStreamProvider.fromByteArray(content))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, settings.region())
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false))
                .request();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .method(
                        method.name(),
                        method == SdkHttpMethod.PUT ? BodyPublishers.ofByteArray(content) : BodyPublishers.noBody());
        signed.forEachHeader((name, values) -> {
            if (!OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(PAUSE.multipliedBy(attempt));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static FilesUnavailableException silent(IOException e) {
        return new FilesUnavailableException("the store of files does not answer", e);
    }

    private static FilesUnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FilesUnavailableException("interrupted while the store of files worked", new IOException(e));
    }

    private static FilesUnavailableException refused(String what, HttpResponse<byte[]> answer) {
        return refused(what, answer.statusCode(), text(answer));
    }

    private static FilesUnavailableException refused(String what, int status, String text) {
        return new FilesUnavailableException(
                "the store of files answered " + status + " when a file was " + what + ": " + text);
    }

    private static String text(InputStream content) {
        try (content) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new FilesUnavailableException("what the store of files answered cannot be read", e);
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
