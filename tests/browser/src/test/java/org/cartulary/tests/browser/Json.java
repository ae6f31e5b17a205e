package org.cartulary.tests.browser;

import org.cartulary.platform.http.ApiJson;

/** Bodies of calls that tests make besides the pages. */
final class Json {

    private Json() {}

    static String of(Object value) {
        return ApiJson.tolerant().writeValueAsString(value);
    }
}
