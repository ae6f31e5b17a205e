package org.cartulary.app.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetailDatasetTest {

    private static RetailLine line(
            String invoice, String code, String name, int quantity, String price, String at, String customer) {
        return new RetailLine(
                1,
                invoice,
                code,
                name,
                quantity,
                LocalDateTime.parse(at),
                new BigDecimal(price),
                customer.isEmpty() ? null : customer,
                "United Kingdom");
    }

    private static final List<RetailLine> LINES = List.of(
            line("1", "A", "RED MUG", 2, "1.50", "2011-03-31T23:30", "17"),
            line("1", "A", "RED MUG", 1, "1.25", "2011-04-01T00:01", "17"),
            line("2", "A", "MUG, RED", 4, "1.25", "2011-07-01T12:00", ""),
            line("C3", "A", "RED MUG", -2, "1.50", "2011-07-02T12:00", "17"),
            line("1", "POST", "POSTAGE", 1, "18.00", "2011-07-03T12:00", "17"));

    private final RetailDataset dataset = RetailDataset.of(LINES);

    @Test
    void anInvoiceBecomesOneOrderAtTheTimeOfItsFirstLineEvenIfItsLinesAreApart() {
        assertThat(dataset.invoices()).extracting(RetailInvoice::number).containsExactly("1", "2");
        RetailInvoice first = dataset.invoices().getFirst();
        assertThat(first.lines()).hasSize(3);
        assertThat(first.month()).isEqualTo(YearMonth.of(2011, 3));
        assertThat(first.placedAt()).as("summer time").isEqualTo(Instant.parse("2011-03-31T22:30:00Z"));
        assertThat(dataset.invoices().getLast().customer()).isNull();
    }

    @Test
    void aProductHasItsMostFrequentNameItsMostFrequentPriceAndTheUnitsThatWereSold() {
        assertThat(dataset.products())
                .containsExactly(
                        new RetailDataset.Product("A", "RED MUG", new BigDecimal("1.25"), RetailCategory.KITCHEN, 7),
                        new RetailDataset.Product(
                                "POST", "POSTAGE", new BigDecimal("18.00"), RetailCategory.SERVICES, 1));
        assertThat(dataset.customers()).containsOnlyKeys("17");
    }

    @Test
    void theMonthsAddUpToThePenny() {
        MonthlySales sales = MonthlySales.of(dataset.invoices());

        assertThat(sales.of(YearMonth.of(2011, 3)))
                .isEqualTo(new MonthlySales.Figures(1, 3, 4, new BigDecimal("22.25")));
        assertThat(sales.total()).isEqualTo(new MonthlySales.Figures(2, 4, 8, new BigDecimal("27.25")));
    }

    @Test
    void countriesHaveTheirIsoCodes() {
        assertThat(List.of("United Kingdom", "EIRE", "RSA", "USA", "Netherlands", "Unspecified"))
                .extracting(RetailCountries::code)
                .containsExactly("GB", "IE", "ZA", "US", "NL", "ZZ");
    }
}
