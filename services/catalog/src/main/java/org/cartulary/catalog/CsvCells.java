package org.cartulary.catalog;

/**
 * Text in the cells of files that people open with spreadsheets, which run what looks like a formula. An apostrophe before it keeps
 * them from it; one that was there already is doubled, so that whatever is written is read back as it was.
 */
final class CsvCells {

    private static final char APOSTROPHE = '\'';
    /** What begins a formula somewhere; full-width forms are taken for it, too. */
    private static final String RISKY = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20" + APOSTROPHE;

    private CsvCells() {}

    static String written(String text) {
        return isRisky(text, 0) ? APOSTROPHE + text : text;
    }

    static String read(String cell) {
        return !cell.isEmpty() && cell.charAt(0) == APOSTROPHE && isRisky(cell, 1) ? cell.substring(1) : cell;
    }

    private static boolean isRisky(String text, int at) {
        return text.length() > at && RISKY.indexOf(text.charAt(at)) >= 0;
    }
}
