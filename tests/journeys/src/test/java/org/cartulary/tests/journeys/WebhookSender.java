package org.cartulary.tests.journeys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cartulary.tests.support.HttpShop;

/** A provider that signs and sends messages by hand, as docs/test-payment-provider.md describes it. */
record WebhookSender(HttpShop caller, String path, String secret) {

    /** Sends to whom the caller reaches, with the path and the secret that the shop tells its administrator. */
    static WebhookSender of(HttpShop caller, HttpShop administrator) {
        var access = administrator.get("/api/v1/admin/payment-webhooks/TEST").expect(200);
        return new WebhookSender(
                caller, access.path("path").asString(), access.path("secret").asString());
    }

    static String newId() {
        return "msg_" + UUID.randomUUID();
    }

    /** A message about the charge of an order. */
    static String about(String order) {
        return "{\"type\":\"charge.authorize\",\"data\":{\"key\":\"" + order + ":authorize\"}}";
    }

    HttpShop.Answer tell(String order) {
        return send(newId(), Instant.now(), about(order));
    }

    HttpShop.Answer send(String id, Instant time, String body) {
        return send(id, time, "v1," + signature(id, time, body), body);
    }

    HttpShop.Answer send(String id, Instant time, String signatures, String body) {
        return caller.send(
                "POST",
                path,
                body,
                Map.of(
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        String.valueOf(time.getEpochSecond()),
                        "webhook-signature",
                        signatures));
    }

    String signature(String id, Instant time, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            String signed = id + "." + time.getEpochSecond() + "." + body;
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }
}
