package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CAT-01")
class WebAddressTest {

    @Test
    void anAddressOfTheWebIsOne() {
        assertThat(List.of(
                        "https://img.example/1.png",
                        "HTTP://img.example:8080/a/b.jpg?x=1&y=%20#top",
                        "https://i/1",
                        "https://[::1]/x",
                        "https://192.0.2.1/x",
                        "https://my_pictures.s3.example/x.webp",
                        "https://img.example/\u00e4.png"))
                .allMatch(WebAddress.Validator::isAbsolute);
    }

    @Test
    void whatIsNoneIsRefused() {
        assertThat(List.of(
                        "",
                        "x",
                        "/pictures/1.png",
                        "//evil.example/x",
                        "javascript:alert(1)",
                        "JavaScript:alert(1)",
                        "\u0001javascript:alert(1)",
                        " https://img.example/1.png",
                        "https://img.example/1.png\n",
                        "data:text/html,x",
                        "file:///etc/passwd",
                        "ftp://img.example/1.png",
                        "https:img.example/1.png",
                        "https:///1.png",
                        "https://",
                        "https://:443/1.png",
                        "https://user@img.example/1.png",
                        "https://user:secret@my_host/1.png",
                        "https://@img.example/1.png",
                        "https://img.example\\@evil.example/",
                        "http://a b/",
                        "https://img.example/a b.png",
                        "https://a_b,c/x",
                        "https://img.example/<script>"))
                .noneMatch(WebAddress.Validator::isAbsolute);
    }
}
