package org.cartulary.catalog;

import jakarta.validation.Validator;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cartulary.platform.http.JsonProblems;
import org.cartulary.platform.http.ProblemError;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the lines of files to the rules that hold for products everywhere, and says of each all that is wrong with it. Thread-safe. */
final class CheckingLines {

    private static final Set<String> FIELDS = Arrays.stream(ProductLine.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final JsonMapper json;
    private final Validator validator;

    /**
     * Reads lines as requests are read, which is strictly, but for numbers, which keep all their digits.
     *
     * @param strict reads requests
     */
    CheckingLines(JsonMapper strict, Validator validator) {
        this.json = exactly(strict);
        this.validator = validator;
    }

    /** As the mapper, but numbers keep all their digits. */
    static JsonMapper exactly(JsonMapper mapper) {
        return mapper.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** What reads and writes lines. */
    JsonMapper json() {
        return json;
    }

    /** What came of a line. */
    sealed interface Checked {

        /** It may be written. */
        record Right(CheckedLine line) implements Checked {}

        /** It is refused. */
        record Wrong(List<LineError> errors) implements Checked {}
    }

    /** Holds a line to the rules, in a shop that sells in the currency. */
    Checked check(ReadLine.Written line, String currency) {
        LineErrors errors = new LineErrors(line);
        if (!LineSource.isStorable(line.content())) {
            errors.add("", "not-storable", "a text is without the character U+0000 and halves of surrogate pairs");
            return new Checked.Wrong(errors.found());
        }
        ProductLine product = read(line.content(), errors);
        if (product == null) {
            return new Checked.Wrong(errors.found());
        }
        ProductDraft draft = product.draft();
        validator.validate(draft).forEach(errors::violated);
        validator.validate(product).forEach(errors::violated);
        if (errors.isEmpty()) {
            errors.catching(() -> WritingProducts.requireConsistent("", draft, currency));
            requireConsistent(product, currency, errors);
        }
        if (!errors.isEmpty()) {
            return new Checked.Wrong(errors.found());
        }
        try {
            return new Checked.Right(new CheckedLine(line.number(), product.sku(), content(product, draft)));
        } catch (JacksonException e) {
            errors.add("", "invalid-value", "a number has too many digits");
            return new Checked.Wrong(errors.found());
        }
    }

    private static void requireConsistent(ProductLine product, String currency, LineErrors errors) {
        String slug = product.slug();
        if (slug != null) {
            errors.catching(() -> Slugs.require(slug, "/slug"));
        }
        List<OptionDraft> options = product.options();
        List<VariantDraft> variants = product.variants();
        if ((options == null) != (variants == null)) {
            errors.add("options", "incomplete-variant", "a line has both options and variants, or neither");
        } else if (options != null && variants != null) {
            errors.catching(() -> SettingVariants.requireOptions(options));
            errors.catching(
                    () -> SettingVariants.requireVariants(new VariantsDraft(options, variants), product.price()));
        }
        List<ProductLine.PriceLine> prices = product.prices();
        if (prices != null) {
            errors.catching(() -> SettingPrices.requirePrices(
                    prices.stream().map(ProductLine.PriceLine::draft).toList(),
                    prices.stream().map(ProductLine.PriceLine::variantSku).toList(),
                    currency));
        }
    }

    /** Reads what can be read, and refuses each field that cannot; null where nothing is left, or too much is wrong. */
    private @Nullable ProductLine read(ObjectNode content, LineErrors errors) {
        ObjectNode left = known(content, errors);
        while (!errors.isFull()) {
            try {
                return json.treeToValue(left, ProductLine.class);
            } catch (JacksonException e) {
                List<JacksonException.Reference> path = e.getPath();
                String field = path.isEmpty() ? null : path.getFirst().getPropertyName();
                ProblemException problem = JsonProblems.of(e);
                for (ProblemError error : problem.errors()) {
                    errors.unreadable(error.pointer(), error.code(), error.detail());
                }
                if (problem.errors().isEmpty()) {
                    errors.unreadable(field == null ? "" : field, "invalid-value", problem.detail());
                }
                if (field == null || left.remove(field) == null) {
                    return null;
                }
            }
        }
        return null;
    }

    /** The fields that a product has. All others are refused at once: a line may have hundreds of thousands. */
    private ObjectNode known(ObjectNode content, LineErrors errors) {
        ObjectNode known = json.createObjectNode();
        content.propertyStream().forEach(field -> {
            if (FIELDS.contains(field.getKey())) {
                known.set(field.getKey(), field.getValue());
            } else {
                errors.add("/" + field.getKey(), "unknown-field", "a product has no such field");
            }
        });
        return known;
    }

    private String content(ProductLine product, ProductDraft draft) {
        ObjectNode described = json.valueToTree(draft);
        described.set("images", json.valueToTree(ImageDraft.identified(draft.images())));
        described.put("slug", product.slug());
        ObjectNode content = json.createObjectNode();
        content.put("id", Ids.next().toString()).set("product", described);
        List<OptionDraft> options = product.options();
        List<VariantDraft> variants = product.variants();
        if (options != null && variants != null) {
            content.set("options", json.valueToTree(options));
            content.set("variants", VariantStore.variants(json, new VariantsDraft(options, variants)));
        }
        List<ProductLine.PriceLine> prices = product.prices();
        if (prices != null) {
            content.set("prices", prices(prices));
        }
        String text = json.writeValueAsString(content);
        return text.substring(1, text.length() - 1);
    }

    private ArrayNode prices(List<ProductLine.PriceLine> prices) {
        ArrayNode all = json.createArrayNode();
        for (ProductLine.PriceLine price : prices) {
            all.addObject()
                    .put("id", Ids.next().toString())
                    .put("variantSku", price.variantSku())
                    .put("currency", price.price().currencyCode())
                    .put("price", price.price().amount().toPlainString())
                    .put(
                            "starts_at",
                            price.startsAt() == null ? null : price.startsAt().toString())
                    .put(
                            "ends_at",
                            price.endsAt() == null ? null : price.endsAt().toString());
        }
        return all;
    }
}
