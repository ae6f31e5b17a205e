package org.cartulary.app.demo.pictures;

import java.awt.Color;
import java.util.Arrays;
import java.util.Locale;

/** The colours of the demo shop: of paint, cloth and paper, and of what things are made of. */
public enum Tint {
    RED(0xC9, 0x46, 0x41),
    PINK(0xE9, 0xA3, 0xAD),
    ROSE(0xCB, 0x7F, 0x84),
    ORANGE(0xE0, 0x8D, 0x55),
    YELLOW(0xEB, 0xC3, 0x62),
    GREEN(0x6F, 0x9A, 0x78),
    MINT(0xA8, 0xD3, 0xC2),
    BLUE(0x5B, 0x84, 0xB1),
    NAVY(0x38, 0x4C, 0x70),
    SKY(0xA6, 0xC8, 0xDF),
    PURPLE(0x8F, 0x76, 0xAE),
    WHITE(0xFA, 0xF7, 0xF2),
    IVORY(0xF3, 0xE9, 0xD4),
    CREAM(0xF1, 0xE2, 0xC4),
    BLACK(0x3B, 0x3A, 0x42),
    GREY(0xA2, 0xA6, 0xAC),
    CHOCOLATE(0x70, 0x4C, 0x3C),
    NATURAL(0xD3, 0xAE, 0x7B),
    WOOD(0xBC, 0x88, 0x58),
    SILVER(0xC3, 0xC9, 0xCF),
    ZINC(0x96, 0xA2, 0xAA),
    SLATE(0x4C, 0x53, 0x5C),
    GOLD(0xD2, 0xA8, 0x56),
    GLASS(0xD5, 0xE6, 0xE8);

    private final Color color;

    Tint(int red, int green, int blue) {
        this.color = new Color(red, green, blue);
    }

    /** The colour. */
    Color color() {
        return color;
    }

    /** The tint of this name, in small letters. */
    public static Tint of(String name) {
        return Arrays.stream(values())
                .filter(tint -> tint.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tint is called " + name));
    }

    /** The colour with so much of another in it, from 0 to 1. */
    static Color mixed(Color color, Color other, double share) {
        return new Color(
                mixed(color.getRed(), other.getRed(), share),
                mixed(color.getGreen(), other.getGreen(), share),
                mixed(color.getBlue(), other.getBlue(), share));
    }

    private static int mixed(int one, int other, double share) {
        return (int) Math.round(one + (other - one) * share);
    }

    /** The colour, only so strong. */
    static Color faint(Color color, double opacity) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity));
    }

    /** How bright a colour looks, from 0 to 1. */
    static double brightness(Color color) {
        return (0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue()) / 255;
    }

    /** How far two colours are from each other, 0 where they are the same. */
    static double distance(Color one, Color other) {
        double red = one.getRed() - other.getRed();
        double green = one.getGreen() - other.getGreen();
        double blue = one.getBlue() - other.getBlue();
        return Math.sqrt(0.3 * red * red + 0.59 * green * green + 0.11 * blue * blue);
    }
}
