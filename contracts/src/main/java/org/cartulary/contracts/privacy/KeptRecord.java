package org.cartulary.contracts.privacy;

/**
 * A part of what a service keeps on somebody.
 *
 * @param name in kebab-case, unique in the service
 * @param description what it is, in a sentence for the person
 * @param json the records, as JSON text
 */
public record KeptRecord(String name, String description, String json) {

    @Override
    public String toString() {
        return "KeptRecord[name=" + name + "]";
    }
}
