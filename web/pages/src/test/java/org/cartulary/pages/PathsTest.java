package org.cartulary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/account", "/search?query=blue%20teapot&order=name", "/products/x?said=y#reviews"})
    void whatIsOfTheOwnSiteIsKept(String path) {
        assertThat(Paths.ofOwnSite(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "account",
                "//elsewhere.example/",
                "///elsewhere.example",
                "/\\elsewhere.example",
                "\\\\elsewhere.example",
                "https://elsewhere.example/",
                "javascript:alert(1)",
                "/a b",
                "/\nSet-Cookie: a=b"
            })
    void whatLeadsElsewhereIsNot(String path) {
        assertThat(Paths.ofOwnSite(path)).isEqualTo("/");
    }
}
