package org.cartulary.catalog;

import org.cartulary.platform.files.ContentHash;

/** A picture in one size, as it is kept. Whoever gets its content leaves it as it is. */
final class RenderedPicture {

    private final int size;
    private final int width;
    private final int height;
    private final String mediaType;
    private final byte[] content;
    private final ContentHash hash;

    /**
     * A picture that was made.
     *
     * @param size within how many pixels it is, each way
     */
    RenderedPicture(int size, int width, int height, String mediaType, byte[] content) {
        this.size = size;
        this.width = width;
        this.height = height;
        this.mediaType = mediaType;
        this.content = content;
        this.hash = ContentHash.of(content);
    }

    int size() {
        return size;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    String mediaType() {
        return mediaType;
    }

    byte[] content() {
        return content;
    }

    ContentHash hash() {
        return hash;
    }

    @Override
    public String toString() {
        return "RenderedPicture[" + width + "x" + height + " " + hash.hex() + "]";
    }
}
