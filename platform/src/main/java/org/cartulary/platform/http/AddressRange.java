package org.cartulary.platform.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * A range of network addresses, written as CIDR: {@code 10.0.0.0/8}, {@code fd00::/8} or a single address. Immutable.
 *
 * @param first an address of the range
 * @param bits how many bits, from the first on, an address has in common with it
 */
public record AddressRange(InetAddress first, int bits) {

    public AddressRange {
        if (bits < 0 || bits > first.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException(
                    "an address such as " + first.getHostAddress() + " has no " + bits + " bits");
        }
    }

    /**
     * Reads ranges that are separated by commas; none of an empty text.
     *
     * @throws IllegalArgumentException if one of them is no range of addresses; names are none
     */
    public static List<AddressRange> listOf(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .map(AddressRange::of)
                .toList();
    }

    private static AddressRange of(String text) {
        int slash = text.indexOf('/');
        InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = slash < 0
                ? first.getAddress().length * Byte.SIZE
                : Integer.parseInt(text, slash + 1, text.length(), 10);
        return new AddressRange(first, bits);
    }

    /** Whether the address lies in it; one of the other family never does. */
    public boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
