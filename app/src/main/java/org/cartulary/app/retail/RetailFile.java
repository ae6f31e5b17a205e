package org.cartulary.app.retail;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.cartulary.app.FailureReason;
import org.cartulary.app.InstallationException;

/** Reads the file, plain or compressed with gzip. A line that cannot be read is listed and skipped, never guessed. */
final class RetailFile {

    private static final List<String> HEADER = List.of(
            "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Pattern CUSTOMER = Pattern.compile("(\\d{1,10})(?:\\.0)?");
    private static final int GZIP_MAGIC = 0x1f8b;

    private RetailFile() {}

    /**
     * What the file holds.
     *
     * @param lines those that could be read
     * @param bad those that could not
     */
    record Content(List<RetailLine> lines, List<BadLine> bad) {}

    /**
     * The size of the file in bytes.
     *
     * @throws InstallationException if there is no such file, or it cannot be read
     */
    static long sizeOf(Path file) {
        if (Files.isDirectory(file)) {
            throw new InstallationException("there is no readable file " + file + ": it is a folder");
        }
        if (!Files.isReadable(file)) {
            throw new InstallationException("there is no readable file " + file);
        }
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Reads the whole file.
     *
     * @param progress is told how many bytes of the file were read
     * @throws InstallationException if it cannot be read, or its header is another one's
     */
    static Content read(Path file, LongConsumer progress) {
        List<RetailLine> lines = new ArrayList<>();
        List<BadLine> bad = new ArrayList<>();
        try (CountingInputStream bytes = new CountingInputStream(Files.newInputStream(file), progress);
                BufferedReader text =
                        new BufferedReader(new InputStreamReader(unpacked(bytes), StandardCharsets.UTF_8));
                CsvReader<CsvRecord> reader = CsvReader.builder()
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(text)) {
            Iterator<CsvRecord> records = reader.iterator();
            if (!records.hasNext() || !records.next().getFields().equals(HEADER)) {
                throw new InstallationException(file + " is not the Online Retail data set: its first line has to be "
                        + String.join(",", HEADER));
            }
            readRecords(records, lines, bad);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return new Content(List.copyOf(lines), List.copyOf(bad));
    }

    private static InstallationException unreadable(Path file, IOException e) {
        return new InstallationException(file + " cannot be read: " + FailureReason.of(e), e);
    }

    private static void readRecords(Iterator<CsvRecord> records, List<RetailLine> lines, List<BadLine> bad) {
        long last = 1;
        try {
            while (records.hasNext()) {
                CsvRecord fields = records.next();
                last = fields.getStartingLineNumber();
                try {
                    lines.add(parse(fields));
                } catch (IllegalArgumentException e) {
                    bad.add(new BadLine(last, e.getMessage() == null ? e.toString() : e.getMessage()));
                }
            }
        } catch (UncheckedIOException | CsvParseException e) {
            // A compressed file that was cut: what came before the cut was read.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            bad.add(new BadLine(last + 1, "the file breaks off here: " + cause.getMessage()));
        }
    }

    private static RetailLine parse(CsvRecord fields) {
        if (fields.getFieldCount() != HEADER.size()) {
            throw new IllegalArgumentException(
                    "it has " + fields.getFieldCount() + " fields instead of " + HEADER.size() + "; was it cut?");
        }
        if (fields.getField(0).isEmpty()
                || fields.getField(1).isEmpty()
                || fields.getField(7).isEmpty()) {
            throw new IllegalArgumentException("its invoice, stock code or country is empty");
        }
        return new RetailLine(
                fields.getStartingLineNumber(),
                fields.getField(0),
                fields.getField(1),
                fields.getField(2).strip().replaceAll(" {2,}", " "),
                quantity(fields.getField(3)),
                date(fields.getField(4)),
                price(fields.getField(5)),
                fields.getField(6).isEmpty() ? null : customer(fields.getField(6)),
                fields.getField(7));
    }

    private static int quantity(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the quantity \"" + text + "\" is not a whole number", e);
        }
    }

    private static BigDecimal price(String text) {
        try {
            BigDecimal price = new BigDecimal(text);
            if (price.stripTrailingZeros().scale() > 3) {
                throw new IllegalArgumentException("the price \"" + text + "\" has more than three decimals");
            }
            return price;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the price \"" + text + "\" is not a number", e);
        }
    }

    private static LocalDateTime date(String text) {
        try {
            return LocalDateTime.parse(text, DATE);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("the date \"" + text + "\" is not written like 2010-12-01 08:26:00", e);
        }
    }

    private static String customer(String text) {
        var matcher = CUSTOMER.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the customer \"" + text + "\" is not a number");
        }
        return matcher.group(1);
    }

    private static InputStream unpacked(InputStream bytes) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, 1 << 16);
        buffered.mark(2);
        int magic = (buffered.read() << 8) | buffered.read();
        buffered.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private static final class CountingInputStream extends java.io.FilterInputStream {
        private final LongConsumer progress;
        private long count;

        CountingInputStream(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read > 0) {
                count += read;
                progress.accept(count);
            }
            return read;
        }
    }
}
