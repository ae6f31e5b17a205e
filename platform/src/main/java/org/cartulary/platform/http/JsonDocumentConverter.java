package org.cartulary.platform.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Sends what is JSON already. Thread-safe. */
final class JsonDocumentConverter extends AbstractHttpMessageConverter<JsonDocument<?>> {

    JsonDocumentConverter() {
        super(MediaType.APPLICATION_JSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return JsonDocument.class == type;
    }

    @Override
    protected boolean canRead(@Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected JsonDocument<?> readInternal(Class<? extends JsonDocument<?>> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("a document is only sent", message);
    }

    @Override
    protected void writeInternal(JsonDocument<?> document, HttpOutputMessage message) throws IOException {
        message.getHeaders().setContentLength(document.length());
        document.writeTo(message.getBody());
    }
}
