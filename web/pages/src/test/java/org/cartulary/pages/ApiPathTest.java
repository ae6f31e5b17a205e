package org.cartulary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApiPathTest {

    @Test
    void variablesAndParametersAreEncoded() {
        ApiPath path = ApiPath.of("store/products/{slug}/reviews", "a/b?c")
                .with("query", "tea & cups = ü")
                .withAll("brand", List.of("one", "t+o"));

        assertThat(path)
                .hasToString("/api/v1/store/products/a%2Fb%3Fc/reviews?query=tea%20%26%20cups%20%3D%20%C3%BC"
                        + "&brand=one&brand=t%2Bo");
    }

    @Test
    void aVariableIsNoTemplate() {
        assertThat(ApiPath.of("store/{a}/{b}", "{b}", "x")).hasToString("/api/v1/store/%7Bb%7D/x");
    }

    @Test
    void whatHasNoValueIsLeftOut() {
        assertThat(ApiPath.of("store/products").with("query", "").with("order", null))
                .hasToString("/api/v1/store/products");
    }
}
