package org.cartulary.catalog;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cartulary.platform.http.UnkeepableValueException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A CSV file whose header names the columns, in any order. After quotes that do not close nothing can be told apart, so that it
 * ends there. Not thread-safe.
 */
final class CsvLines implements LineSource {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /** Half of a surrogate pair, which no UTF-8 can have. */
    private static final String NOT_UTF_8 = "\uD800";

    private static final int MAX_DIGITS = 40;
    private static final int MAX_CELLS = 1_000;

    private final JsonMapper json;
    private final String currency;
    private final CloseableIterator<CsvRecord> records;
    private @Nullable List<Column> header;
    private long nextNumber = 1;
    private boolean ended;

    CsvLines(InputStream file, JsonMapper json, String currency) {
        this.json = json;
        this.currency = currency;
        this.records = CsvReader.builder()
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(MAX_LINE)
                .build(
                        CsvRecordHandler.of(handler -> handler.maxFields(MAX_CELLS)
                                .maxFieldSize(MAX_LINE)
                                .maxRecordSize(MAX_LINE)),
                        text(file))
                .iterator();
    }

    private static Reader text(InputStream file) {
        return new InputStreamReader(
                file,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(NOT_UTF_8));
    }

    @Override
    public @Nullable ReadLine next() {
        while (!ended) {
            ReadLine line = nextRecord();
            if (line instanceof ReadLine.Unreadable unreadable && unreadable.last()) {
                ended = true;
            }
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    private @Nullable ReadLine nextRecord() {
        CsvRecord record;
        try {
            if (!records.hasNext()) {
                return atEnd();
            }
            record = records.next();
        } catch (CsvParseException e) {
            return ReadLine.Unreadable.lastOf(
                    nextNumber,
                    "",
                    "invalid-csv",
                    "what begins here is no CSV, or longer than " + MAX_LINE + " characters, and nothing after it was"
                            + " read: close quotes, and double those within a cell");
        }
        List<String> cells = record.getFields();
        long number = record.getStartingLineNumber();
        nextNumber = number + 1 + breaksIn(cells);
        List<Column> columns = header;
        if (cells.size() == 1 && cells.getFirst().isBlank()) {
            return null;
        }
        if (columns == null) {
            return begin(number, cells);
        }
        return cells.size() == columns.size()
                ? product(number, columns, cells)
                : ReadLine.Unreadable.of(
                        number,
                        "wrong-number-of-cells",
                        "the header has " + columns.size() + " columns, and this line " + cells.size()
                                + ": put cells with commas, quotes or line breaks into quotes");
    }

    private @Nullable ReadLine atEnd() {
        ended = true;
        return header == null
                ? ReadLine.Unreadable.lastOf(nextNumber, "", "missing-column", "the file has no header")
                : null;
    }

    /** CR, LF and both together are a break each. */
    private static long breaksIn(List<String> cells) {
        long breaks = 0;
        for (String cell : cells) {
            for (int i = 0; i < cell.length(); i++) {
                char one = cell.charAt(i);
                if (one == '\n' || (one == '\r' && (i + 1 == cell.length() || cell.charAt(i + 1) != '\n'))) {
                    breaks++;
                }
            }
        }
        return breaks;
    }

    private @Nullable ReadLine begin(long number, List<String> titles) {
        if (!titles.stream().allMatch(LineSource::isStorable)) {
            return ReadLine.Unreadable.lastOf(
                    number, "", "not-utf-8", "the header is not UTF-8: save the file in UTF-8");
        }
        List<Column> columns = new ArrayList<>();
        Set<Column> named = EnumSet.noneOf(Column.class);
        for (String cell : titles) {
            String title = cell.replace(BYTE_ORDER_MARK, "").strip();
            Column column = Column.byTitle().get(title);
            if (column == null) {
                String shown = title.replaceAll("\\p{Cc}", "?");
                return ReadLine.Unreadable.lastOf(
                        number,
                        shown.substring(
                                0, shown.offsetByCodePoints(0, Math.min(50, shown.codePointCount(0, shown.length())))),
                        "unknown-column",
                        "there is no such column; an export shows all that there are");
            }
            if (!named.add(column)) {
                return ReadLine.Unreadable.lastOf(number, title, "duplicate-column", "the header names it twice");
            }
            columns.add(column);
        }
        for (Column needed : List.of(Column.SKU, Column.NAME, Column.PRICE)) {
            if (!named.contains(needed)) {
                return ReadLine.Unreadable.lastOf(
                        number, needed.title(), "missing-column", "the header names sku, name and price at least");
            }
        }
        header = columns;
        return null;
    }

    private ReadLine product(long number, List<Column> columns, List<String> cells) {
        ObjectNode content = json.createObjectNode();
        List<LineError> errors = new ArrayList<>();
        int place = columns.indexOf(Column.CURRENCY);
        String given = place < 0 ? "" : cells.get(place).strip();
        for (int i = 0; i < cells.size(); i++) {
            Column column = columns.get(i);
            String cell = cells.get(i);
            if (!LineSource.isStorable(cell)) {
                errors.add(new LineError(
                        number, column.title(), "not-utf-8", "a text is UTF-8, without the character U+0000"));
            } else if (!cell.isEmpty() && column.kind() != Column.Kind.CURRENCY) {
                try {
                    if (column.kind() == Column.Kind.JSON && LineSource.isTooMuch(json, cell)) {
                        errors.add(new LineError(
                                number,
                                column.title(),
                                "too-many-values",
                                "a cell has at most " + MAX_TOKENS + " names, values and brackets"));
                    } else {
                        content.set(column.title(), value(column, cell, given.isEmpty() ? currency : given));
                    }
                } catch (UnkeepableValueException e) {
                    errors.add(LineErrors.unkeepable(number, column.title(), e));
                } catch (JacksonException e) {
                    errors.add(new LineError(
                            number,
                            column.title(),
                            "invalid-json",
                            LineErrors.shortened("the cell is no JSON: " + e.getOriginalMessage())));
                } catch (NumberFormatException _) {
                    errors.add(new LineError(
                            number, column.title(), "invalid-json", "a number in the cell is out of all bounds"));
                }
            }
        }
        return new ReadLine.Written(number, content, errors);
    }

    private JsonNode value(Column column, String cell, String currencyOfLine) {
        return switch (column.kind()) {
            case TEXT, CURRENCY -> json.getNodeFactory().stringNode(CsvCells.read(cell));
            case AMOUNT -> json.createObjectNode().put("amount", cell.strip()).put("currency", currencyOfLine);
            case NUMBER -> number(cell.strip());
            case BOOLEAN -> truth(cell.strip());
            case JSON -> json.readTree(cell);
        };
    }

    /** What is no number stays a text, and is refused as one. */
    private JsonNode number(String cell) {
        try {
            if (cell.length() <= MAX_DIGITS) {
                return json.getNodeFactory().numberNode(new BigDecimal(cell));
            }
        } catch (NumberFormatException _) {
            return json.getNodeFactory().stringNode(cell);
        }
        return json.getNodeFactory().stringNode(cell);
    }

    /** Spreadsheets write them in capitals. */
    private JsonNode truth(String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "true" -> json.getNodeFactory().booleanNode(true);
            case "false" -> json.getNodeFactory().booleanNode(false);
            default -> json.getNodeFactory().stringNode(cell);
        };
    }
}
