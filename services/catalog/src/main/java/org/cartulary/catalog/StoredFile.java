package org.cartulary.catalog;

import java.io.InputStream;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A file that is kept in parts, of which one is in memory at a time. Not thread-safe. */
final class StoredFile extends InputStream {

    private static final int END = -1;

    private final IntFunction<byte @Nullable []> parts;
    private byte @Nullable [] part = new byte[0];
    private int next;
    private int at;

    /** @param parts the part of each number, null after the last one */
    StoredFile(IntFunction<byte @Nullable []> parts) {
        this.parts = parts;
    }

    @Override
    public int read() {
        byte[] present = present();
        return present == null ? END : present[at++] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        byte[] present = present();
        if (present == null) {
            return length == 0 ? 0 : END;
        }
        int read = Math.min(length, present.length - at);
        System.arraycopy(present, at, buffer, offset, read);
        at += read;
        return read;
    }

    /** The part in which something is left to be read. */
    private byte @Nullable [] present() {
        while (part != null && at == part.length) {
            part = parts.apply(next++);
            at = 0;
        }
        return part;
    }
}
