package org.cartulary.catalog;

import java.io.IOException;

/**
 * The parts of a JPEG. What unpacks one fills up with grey where the file ends too early, and throws nothing; so the parts are gone
 * through first, up to the one that ends the picture. What follows that is none of the picture's: cameras add some.
 */
final class JpegMarkers {

    private static final int MARKER = 0xFF;
    private static final int STUFFED = 0x00;
    private static final int TEMPORARY = 0x01;
    private static final int FIRST_RESTART = 0xD0;
    private static final int LAST_RESTART = 0xD7;
    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int BYTES_OF_A_START = 2;

    private JpegMarkers() {}

    /** Refuses a JPEG that ends before its picture does. */
    static void requireEnd(byte[] jpeg) throws IOException {
        int place = next(jpeg, BYTES_OF_A_START);
        while (read(jpeg, place) != END) {
            boolean isAlone = read(jpeg, place) == TEMPORARY || read(jpeg, place) == START;
            place = next(jpeg, place + 1 + (isAlone ? 0 : length(jpeg, place + 1)));
        }
    }

    /** Where the kind of the next part stands. The data of a scan, and what is there by mistake, is passed over. */
    private static int next(byte[] jpeg, int from) throws IOException {
        int place = from;
        while (read(jpeg, place) != MARKER || !isOfAPart(read(jpeg, place + 1))) {
            place++;
        }
        return place + 1;
    }

    /** A marker may be filled up with further ones, and data of a scan has a zero after each. */
    private static boolean isOfAPart(int kind) {
        return kind != MARKER && kind != STUFFED && (kind < FIRST_RESTART || kind > LAST_RESTART);
    }

    private static int length(byte[] jpeg, int place) throws IOException {
        return (read(jpeg, place) << Byte.SIZE) + read(jpeg, place + 1);
    }

    private static int read(byte[] jpeg, int place) throws IOException {
        if (place >= jpeg.length) {
            throw new IOException("the JPEG ends after " + jpeg.length + " bytes, before its picture does");
        }
        return jpeg[place] & 0xFF;
    }
}
