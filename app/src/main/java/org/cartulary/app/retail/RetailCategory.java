package org.cartulary.app.retail;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The categories of the imported shop. The file has none: they are derived from the words of a product's name, by the
 * first category below that has one of them.
 */
enum RetailCategory {
    SERVICES("Services and postage", List.of()),
    CHRISTMAS("Christmas", List.of("CHRISTMAS", "XMAS", "ADVENT", "SANTA", "REINDEER", "BAUBLE")),
    BAGS("Bags", List.of("BAG", "BAGS", "SHOPPER", "RUCKSACK", "PURSE")),
    LIGHTING("Candles and lighting", List.of("T-LIGHT", "CANDLE", "CANDLES", "LANTERN", "LIGHT", "LIGHTS", "LAMP")),
    KITCHEN(
            "Kitchen and table",
            List.of(
                    "MUG",
                    "CUP",
                    "CUPS",
                    "TEA",
                    "TEACUP",
                    "PLATE",
                    "PLATES",
                    "BOWL",
                    "CAKE",
                    "CAKESTAND",
                    "JAR",
                    "TIN",
                    "TINS",
                    "LUNCH",
                    "NAPKINS",
                    "COFFEE",
                    "JUG",
                    "SPOON",
                    "CUTLERY",
                    "APRON",
                    "BAKING",
                    "BOTTLE")),
    STATIONERY(
            "Paper and stationery",
            List.of("CARD", "CARDS", "WRAP", "PAPER", "NOTEBOOK", "PENCIL", "PENCILS", "PEN", "STICKERS", "RIBBONS")),
    JEWELLERY(
            "Jewellery", List.of("NECKLACE", "EARRINGS", "BRACELET", "RING", "JEWELLERY", "BROOCH", "HAIR", "BANGLE")),
    TOYS("Toys and games", List.of("DOLL", "DOLLS", "TOY", "GAME", "PUZZLE", "PLAYING", "SKITTLES", "CHILDRENS")),
    GARDEN("Garden", List.of("GARDEN", "PLANT", "FLOWER", "FLOWERS", "BIRD", "WATERING", "PARASOL")),
    DECORATION(
            "Decoration",
            List.of(
                    "HEART",
                    "HEARTS",
                    "FRAME",
                    "HANGING",
                    "SIGN",
                    "CLOCK",
                    "MIRROR",
                    "BUNTING",
                    "DECORATION",
                    "METAL")),
    GIFTS("Other gifts", List.of());

    private static final Set<String> SERVICE_CODES =
            Set.of("POST", "DOT", "M", "m", "D", "C2", "S", "B", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Z-]+");

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf is immutable.
    private final Set<String> words;

    RetailCategory(String title, List<String> words) {
        this.title = title;
        this.words = Set.copyOf(words);
    }

    String title() {
        return title;
    }

    String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its products are services, which nobody can put on a shelf. */
    boolean isService() {
        return this == SERVICES;
    }

    static RetailCategory of(String stockCode, String name) {
        if (SERVICE_CODES.contains(stockCode) || stockCode.startsWith("gift_")) {
            return SERVICES;
        }
        List<String> nameWords = List.of(BETWEEN_WORDS.split(name.toUpperCase(Locale.ROOT)));
        return Arrays.stream(values())
                .filter(category -> nameWords.stream().anyMatch(category.words::contains))
                .findFirst()
                .orElse(GIFTS);
    }
}
