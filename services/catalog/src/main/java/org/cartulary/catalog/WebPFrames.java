package org.cartulary.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What the frames of a WebP say of their size. Each is unpacked by what it says itself, whatever the file around it claims to be; so all
 * of them have to say the same as their canvas, or as what moves them across it, and there is one on each. Thread-safe.
 */
final class WebPFrames {

    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int SIZE_BITS = 14;
    private static final int SIZE_MASK = (1 << SIZE_BITS) - 1;
    private static final int SIZE_24_BITS = 0xFFFFFF;

    /** Where the size is in the content of a chunk. */
    private static final int SIZE_OF_VP8 = 6;

    private static final int SIZE_OF_VP8L = 1;
    private static final int SIZE_OF_CANVAS = 4;
    private static final int SIZE_OF_MOVED = 6;
    private static final int BYTES_OF_24_BITS = 3;

    private final ByteBuffer content;
    private final Consumer<Size> limit;

    /**
     * How large a picture is.
     *
     * @param width in pixels
     * @param height in pixels
     */
    record Size(int width, int height) {}

    private WebPFrames(byte[] content, Consumer<Size> limit) {
        this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        this.limit = limit;
    }

    /**
     * Looks at all frames of a WebP, and at its canvas, where it has one.
     *
     * @param limit throws where something is too large
     * @throws IOException if a frame is not as large as what it lies on, or lies there with another one
     * @throws IndexOutOfBoundsException if the file ends in between
     */
    static void require(byte[] content, Consumer<Size> limit) throws IOException {
        new WebPFrames(content, limit).readAll();
    }

    private void readAll() throws IOException {
        String first = name(HEADER);
        int start = HEADER + CHUNK_HEADER;
        switch (first) {
            case "VP8 " -> limit.accept(sizeOfVp8(start));
            case "VP8L" -> limit.accept(sizeOfVp8l(start));
            case "VP8X" -> {
                Size canvas = new Size(
                        1 + int24(start + SIZE_OF_CANVAS), 1 + int24(start + SIZE_OF_CANVAS + BYTES_OF_24_BITS));
                limit.accept(canvas);
                long named = CHUNK_HEADER + Integer.toUnsignedLong(content.getInt(4));
                walk(after(HEADER), Math.min(named, content.capacity()), canvas, true);
            }
            default -> throw new IOException("a WebP that begins with " + first);
        }
    }

    /** Goes from chunk to chunk, as what unpacks them does. */
    private void walk(long from, long end, Size within, boolean moving) throws IOException {
        int frames = 0;
        int transparencies = 0;
        long at = from;
        while (at < end) {
            int chunk = Math.toIntExact(at);
            int start = chunk + CHUNK_HEADER;
            switch (name(chunk)) {
                case "VP8 " -> frames = requireOne(frames, sizeOfVp8(start), within);
                case "VP8L" -> frames = requireOne(frames, sizeOfVp8l(start), within);
                case "ALPH" -> transparencies = requireOne(transparencies, within, within);
                case "ANMF" -> {
                    if (moving) {
                        Size moved = new Size(
                                1 + int24(start + SIZE_OF_MOVED), 1 + int24(start + SIZE_OF_MOVED + BYTES_OF_24_BITS));
                        limit.accept(moved);
                        walk(start + FRAME_HEADER, start + length(chunk), moved, false);
                    }
                }
                default -> {
                    // Colours, the camera's notes and what nobody knows have no size.
                }
            }
            at = after(chunk);
        }
    }

    private int requireOne(int before, Size frame, Size within) throws IOException {
        limit.accept(frame);
        if (before > 0 || !frame.equals(within)) {
            throw new IOException(before + " frames and one of " + frame + " within " + within);
        }
        return before + 1;
    }

    private Size sizeOfVp8(int start) {
        return new Size(
                content.getShort(start + SIZE_OF_VP8) & SIZE_MASK,
                content.getShort(start + SIZE_OF_VP8 + Short.BYTES) & SIZE_MASK);
    }

    private Size sizeOfVp8l(int start) {
        int bits = content.getInt(start + SIZE_OF_VP8L);
        return new Size(1 + (bits & SIZE_MASK), 1 + (bits >>> SIZE_BITS & SIZE_MASK));
    }

    private int int24(int at) {
        return content.getInt(at) & SIZE_24_BITS;
    }

    private String name(int chunk) {
        byte[] name = new byte[Integer.BYTES];
        content.get(chunk, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private long length(int chunk) {
        return Integer.toUnsignedLong(content.getInt(chunk + Integer.BYTES));
    }

    /** Chunks begin at even places. */
    private long after(int chunk) {
        long length = length(chunk);
        return chunk + CHUNK_HEADER + length + (length & 1);
    }
}
