package org.cartulary.app.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.cartulary.app.InstallationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetailFileTest {

    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private static final String LINE =
            "536365,85123A,\"  WHITE \"\"HANGING\"\"  HEART, SMALL \",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n";

    @TempDir
    private Path folder;

    private RetailFile.Content read(String text) throws IOException {
        return RetailFile.read(Files.writeString(folder.resolve("file.csv"), text), count -> {});
    }

    @Test
    void aLineIsReadWithItsQuotesAndWithoutItsSurplusSpaces() throws IOException {
        RetailFile.Content content = read(HEADER + LINE);

        assertThat(content.bad()).isEmpty();
        assertThat(content.lines()).singleElement().satisfies(line -> {
            assertThat(line.description()).isEqualTo("WHITE \"HANGING\" HEART, SMALL");
            assertThat(line.customer()).isEqualTo("17850");
            assertThat(line.lineNumber()).isEqualTo(2);
            assertThat(line.isSale()).isTrue();
            assertThat(line.value()).isEqualByComparingTo("15.30");
        });
    }

    @Test
    void cancellationsAdjustmentsAndFreeItemsAreNotSales() throws IOException {
        RetailFile.Content content = read(HEADER
                + "C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0,United Kingdom\n"
                + "A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom\n"
                + "536414,22139,,56,2010-12-01 11:52:00,0.0,,United Kingdom\n");

        assertThat(content.bad()).isEmpty();
        assertThat(content.lines()).hasSize(3).noneMatch(RetailLine::isSale);
    }

    @Test
    void badLinesAreListedWithNumberAndReasonAndTheOthersAreRead() throws IOException {
        RetailFile.Content content = read(HEADER
                + LINE
                + "536366,71053,LANTERN,six,2010-12-01 08:26:00,3.39,17850.0,United Kingdom\n"
                + "536366,71053,LANTERN,6,1.12.2010,3.39,17850.0,United Kingdom\n"
                + "536366,71053,LANTERN,6,2010-12-01 08:26:00,3.3999,17850.0,United Kingdom\n"
                + "536366,71053,LANTERN,6,2010-12-01 08:26:00,3.39,somebody,United Kingdom\n"
                + LINE
                + "536367,84406B,CREAM CUPID HEARTS COAT HAN");

        assertThat(content.lines()).hasSize(2);
        assertThat(content.bad()).extracting(BadLine::lineNumber).containsExactly(3L, 4L, 5L, 6L, 8L);
        assertThat(content.bad())
                .extracting(BadLine::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("quantity", "six"),
                        reason -> assertThat(reason).contains("date", "1.12.2010"),
                        reason -> assertThat(reason).contains("three decimals"),
                        reason -> assertThat(reason).contains("customer", "somebody"),
                        reason -> assertThat(reason).contains("3 fields instead of 8"));
    }

    @Test
    void aCompressedFileThatWasCutIsReadUpToTheCut() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 5_000; i++) {
            text.append(LINE.replace("536365", Integer.toString(600_000 + i * 7919 % 5_000)));
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        Path file = folder.resolve("file.csv.gz");
        Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));

        RetailFile.Content content = RetailFile.read(file, count -> {});

        assertThat(content.lines()).isNotEmpty().hasSizeLessThan(5_000);
        assertThat(content.bad())
                .last()
                .satisfies(bad -> assertThat(bad.reason()).contains("breaks off"));
    }

    @Test
    void anotherFileIsRefused() {
        assertThatThrownBy(() -> read("id,name\n1,x\n"))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("is not the Online Retail data set");
        assertThatThrownBy(() -> RetailFile.sizeOf(folder.resolve("missing.csv")))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("no readable file");
    }

    @Test
    void pricesOfThreeDecimalsAreRoundedHalfUpToThePenny() throws IOException {
        RetailFile.Content content = read(
                HEADER + LINE.replace("2.55", "0.125") + LINE.replace("2.55", "0.001") + LINE.replace("2.55", "1"));

        assertThat(content.lines())
                .extracting(RetailLine::pennyPrice)
                .containsExactly(new BigDecimal("0.13"), new BigDecimal("0.00"), new BigDecimal("1.00"));
    }
}
