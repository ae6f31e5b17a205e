/** What operators ask of all services: whether their records agree, and what of their work is stuck. */
@NullMarked
package org.cartulary.operations;

import org.jspecify.annotations.NullMarked;
