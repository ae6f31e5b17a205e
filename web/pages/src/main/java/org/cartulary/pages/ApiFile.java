package org.cartulary.pages;

/** A file that the API made; nothing of it is understood here. Immutable: nobody changes the content. */
public final class ApiFile {

    private final String contentType;
    private final byte[] content;

    ApiFile(String contentType, byte[] content) {
        this.contentType = contentType;
        this.content = content;
    }

    /** What it is, as the API says. */
    public String contentType() {
        return contentType;
    }

    /** All of it. */
    byte[] content() {
        return content;
    }
}
