package org.cartulary.catalog;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes all products of a shop as an import reads them, in the order of their skus. Each page is one transaction, which has ended when
 * the page is sent: however slowly somebody reads, no connection waits, and what changes meanwhile may or may not be in it. Thread-safe.
 */
final class ExportingProducts {

    private static final int PAGE = 500;

    private final ExportStore products;
    private final JsonMapper json;

    /** @param json reads numbers with all their digits */
    ExportingProducts(ExportStore products, JsonMapper json) {
        this.products = products;
        this.json = json;
    }

    /** Writes the products and leaves the stream open. */
    void export(FileFormat format, OutputStream out) throws IOException {
        switch (format) {
            case CSV -> exportCsv(out);
            case JSONL -> exportJson(out);
        }
        out.flush();
    }

    private void exportJson(OutputStream out) throws IOException {
        List<Map<Column, String>> page = products.page("", PAGE);
        while (!page.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            for (Map<Column, String> product : page) {
                lines.append(json.writeValueAsString(object(product))).append('\n');
            }
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            page = following(page);
        }
    }

    private void exportCsv(OutputStream out) throws IOException {
        CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(QuoteStrategies.NON_EMPTY)
                .build(out);
        csv.writeRecord(Arrays.stream(Column.values()).map(Column::title).toList());
        List<Map<Column, String>> page = products.page("", PAGE);
        while (!page.isEmpty()) {
            for (Map<Column, String> product : page) {
                Currency currency = currency(product);
                csv.writeRecord(Arrays.stream(Column.values())
                        .map(column -> cell(column, product.get(column), currency))
                        .toList());
            }
            csv.flush();
            page = following(page);
        }
        csv.flush();
    }

    private List<Map<Column, String>> following(List<Map<Column, String>> page) {
        return products.page(Objects.requireNonNull(page.getLast().get(Column.SKU)), PAGE);
    }

    private static Currency currency(Map<Column, String> product) {
        return Money.currencyOf(Objects.requireNonNull(product.get(Column.CURRENCY)));
    }

    private String cell(Column column, @Nullable String value, Currency currency) {
        if (value == null) {
            return "";
        }
        return switch (column.kind()) {
            case TEXT -> CsvCells.written(value);
            case AMOUNT -> Money.of(new BigDecimal(value), currency).amount().toPlainString();
            case CURRENCY, NUMBER, BOOLEAN -> value;
            case JSON ->
                column == Column.VARIANTS || column == Column.PRICES
                        ? json.writeValueAsString(inMoney(column, value, currency))
                        : value;
        };
    }

    private ObjectNode object(Map<Column, String> product) {
        Currency currency = currency(product);
        ObjectNode object = json.createObjectNode();
        for (Map.Entry<Column, String> field : product.entrySet()) {
            Column column = field.getKey();
            String value = field.getValue();
            switch (column.kind()) {
                case TEXT -> object.put(column.title(), value);
                case AMOUNT -> object.set(column.title(), money(new BigDecimal(value), currency));
                case CURRENCY -> {}
                case NUMBER -> object.put(column.title(), new BigDecimal(value));
                case BOOLEAN -> object.put(column.title(), Boolean.parseBoolean(value));
                case JSON ->
                    object.set(
                            column.title(),
                            column == Column.VARIANTS || column == Column.PRICES
                                    ? inMoney(column, value, currency)
                                    : json.readTree(value));
            }
        }
        return object;
    }

    private JsonNode money(BigDecimal amount, Currency currency) {
        return json.valueToTree(Money.of(amount, currency));
    }

    /** The amounts of variants and prices with their currency. */
    private ArrayNode inMoney(Column column, String value, Currency ofProduct) {
        ArrayNode all = (ArrayNode) json.readTree(value);
        for (JsonNode one : all) {
            ObjectNode fields = (ObjectNode) one;
            Currency currency = column == Column.PRICES
                    ? Money.currencyOf(fields.path("currency").asString())
                    : ofProduct;
            fields.remove("currency");
            for (String amount : List.of("price", "compareAtPrice")) {
                if (fields.hasNonNull(amount)) {
                    fields.set(amount, money(fields.path(amount).decimalValue(), currency));
                }
            }
        }
        return all;
    }
}
