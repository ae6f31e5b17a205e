package org.cartulary.app.commands;

import java.nio.file.Path;
import org.cartulary.app.DataDirectory;
import org.cartulary.app.InstallationException;
import org.cartulary.app.client.ApiClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command finds the running platform: by its data directory, or by address and key. */
final class PlatformOptions {

    @Option(
            names = "--data-dir",
            description = "The data directory of the running platform (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory = Path.of("data");

    @Option(names = "--url", description = "The base URL of the running platform.")
    private @Nullable String url;

    @Option(names = "--api-key", description = "The operator's key (default: the one in the data directory).")
    private @Nullable String apiKey;

    /** The data directory that is named, or the usual one. */
    Path dataDirectory() {
        return dataDirectory;
    }

    /**
     * A client that acts as the platform's operator.
     *
     * @throws InstallationException if nothing says where the platform is
     */
    ApiClient operator() {
        if (url != null) {
            BaseUrl.require("--url", url);
        }
        if (url != null && apiKey != null) {
            return ApiClient.of(url, apiKey);
        }
        DataDirectory.Connection connection = DataDirectory.connection(dataDirectory)
                .orElseThrow(() -> new InstallationException("no platform has been started with the data directory "
                        + dataDirectory.toAbsolutePath().normalize()
                        + "; start it with ./cartulary up, name its --data-dir, or say both --url and --api-key"));
        return ApiClient.of(url == null ? connection.url() : url, apiKey == null ? connection.apiKey() : apiKey);
    }
}
