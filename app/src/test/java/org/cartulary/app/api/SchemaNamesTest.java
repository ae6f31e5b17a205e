package org.cartulary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.type.TypeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaNamesTest {

    private final SchemaNames names = new SchemaNames();

    private String name(Class<?> type) {
        return names.nameForType(TypeFactory.defaultInstance().constructType(type));
    }

    private static final class Cart {
        record Line() {}
    }

    private static final class Order {
        record Line() {}
    }

    @Test
    void nestedTypesAreNamedAfterThoseThatTheyAreIn() {
        assertThat(List.of(name(Cart.Line.class), name(Order.Line.class)))
                .containsExactly("SchemaNamesTestCartLine", "SchemaNamesTestOrderLine");
        assertThat(name(Cart.Line.class)).isEqualTo("SchemaNamesTestCartLine");
    }

    @Test
    void twoTypesOfOneNameAreRefused() {
        name(java.net.Proxy.class);

        assertThatThrownBy(() -> name(java.lang.reflect.Proxy.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.net.Proxy")
                .hasMessageContaining("java.lang.reflect.Proxy");
    }
}
