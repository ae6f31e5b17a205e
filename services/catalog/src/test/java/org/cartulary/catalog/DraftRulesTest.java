package org.cartulary.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is refused of a draft, wherever it comes from. */
@Tag("CAT-01")
class DraftRulesTest {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();
    private static final String PICTURE = "/api/v1/store/images/0198a0c2-7e1b-7c3e-9a51-0242ac120002/800";

    private static List<String> refused(Object draft) {
        return VALIDATOR.validate(draft).stream()
                .map(violation -> violation.getPropertyPath().toString())
                .distinct()
                .toList();
    }

    private static CategoryDraft category(String name, String imageUrl) {
        return new CategoryDraft(name, null, null, null, imageUrl, null, null);
    }

    @Test
    void aPictureIsOnTheWebOrWasSent() {
        for (String url : List.of("https://img.example/1.png", "http://img.example:8080/a?b=c", PICTURE)) {
            var images = Map.of("images", List.of(Map.of("url", url)));
            assertThat(refused(Drafts.with("A", "Mug", "1.00", images))).isEmpty();
            assertThat(refused(Drafts.change(images))).isEmpty();
            assertThat(refused(category("Mugs", url))).isEmpty();
            assertThat(refused(new MakerDraft("Loom", url))).isEmpty();
        }
        for (String url : List.of(
                "javascript:alert(1)",
                "file:///etc/passwd",
                "data:text/html,x",
                "//evil",
                "http://a b/",
                "picture.png",
                "/api/v1/admin/users",
                "/api/v1/store/images/../../admin/users",
                PICTURE + "/../x",
                PICTURE + "\n")) {
            var images = Map.of("images", List.of(Map.of("url", PICTURE), Map.of("url", url)));
            assertThat(refused(Drafts.with("A", "Mug", "1.00", images))).containsExactly("images[1].url");
            assertThat(refused(Drafts.change(images))).containsExactly("images[1].url");
            assertThat(refused(category("Mugs", url))).containsExactly("imageUrl");
            assertThat(refused(new MakerDraft("Loom", url))).containsExactly("logoUrl");
        }
    }

    @Test
    void whatThingsAreCalledCanBeRead() {
        for (String name : List.of("\u200B", "\u00A0", "a\nb", "a\u0007", "\u2028x")) {
            assertThat(refused(Drafts.product(name, name, "1.00"))).containsExactlyInAnyOrder("sku", "name");
            assertThat(refused(Drafts.change(Map.of("name", name)))).containsExactly("name");
            assertThat(refused(category(name, "https://img.example/1"))).containsExactly("name");
            assertThat(refused(new MakerDraft(name, null))).containsExactly("name");
            assertThat(refused(new VendorDraft(name, 0))).containsExactly("name");
            assertThat(refused(new VariantDraft(name, Map.of("size", "S"), null, null, null, null)))
                    .containsExactly("sku");
        }
        assertThat(refused(Drafts.change(Map.of("name", " ")))).containsExactly("name");
        assertThat(refused(Drafts.product("A-1 \u00e4", "Mug, 0.3 l \u2013 blue \uD83E\uDDF5", "1.00")))
                .isEmpty();
    }
}
