/** What holds for all services: the walls between them, their databases, their migrations, their requirements. */
@NullMarked
package org.cartulary.tests.architecture;

import org.jspecify.annotations.NullMarked;
