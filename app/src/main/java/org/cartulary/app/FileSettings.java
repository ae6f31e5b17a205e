package org.cartulary.app;

import java.net.URI;
import java.nio.file.Path;
import org.cartulary.platform.files.FileFolder;
import org.cartulary.platform.files.FileStore;
import org.cartulary.platform.files.S3Files;
import org.cartulary.platform.files.S3Settings;
import org.springframework.core.env.Environment;

/**
 * Where files of shops are kept, such as pictures: with {@code cartulary.files.s3.endpoint} in a bucket of that store ({@code .region},
 * {@code .bucket}, {@code .access-key}, {@code .secret-key}), else in the folder {@code cartulary.files.folder}.
 */
final class FileSettings {

    static final String FOLDER = "cartulary.files.folder";

    private static final String S3 = "cartulary.files.s3.";

    private FileSettings() {}

    /** The store. A setting that is missing, or cannot be one, ends the start. */
    static FileStore store(Environment environment) {
        String endpoint = environment.getProperty(S3 + "endpoint", "");
        if (endpoint.isEmpty()) {
            return new FileFolder(Path.of(environment.getRequiredProperty(FOLDER)));
        }
        return new S3Files(new S3Settings(
                URI.create(endpoint),
                environment.getProperty(S3 + "region", "us-east-1"),
                environment.getRequiredProperty(S3 + "bucket"),
                environment.getRequiredProperty(S3 + "access-key"),
                environment.getRequiredProperty(S3 + "secret-key")));
    }
}
