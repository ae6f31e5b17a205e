package org.cartulary.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of its own that has certified a server named {@code localhost}, made with the JDK's keytool. */
final class Certificates {

    private static final String PASSWORD = "of a test";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    static Certificates in(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Certificates made = new Certificates(folder);
        made.keytool("-alias", "ca", "-dname", "CN=An authority", "-ext", "bc:c");
        made.keytool("-alias", "server", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-signer", "ca");
        return made;
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }

    private void keytool(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store().toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.out").toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("keytool.out")));
        }
    }

    /** The certificate of the authority. */
    Path authority() throws IOException, GeneralSecurityException {
        return pem("ca.pem", "CERTIFICATE", keys().getCertificate("ca").getEncoded());
    }

    Path serverCertificate() throws IOException, GeneralSecurityException {
        Certificate certificate = keys().getCertificate("server");
        return pem("server.pem", "CERTIFICATE", certificate.getEncoded());
    }

    Path serverKey() throws IOException, GeneralSecurityException {
        Key key = keys().getKey("server", PASSWORD.toCharArray());
        return pem("server.key", "PRIVATE KEY", key.getEncoded());
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store())) {
            keys.load(file, PASSWORD.toCharArray());
        }
        return keys;
    }

    private Path pem(String name, String kind, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }
}
