/** Work that is stuck in the platform's tables of a service, and what operators do about it. */
@NullMarked
package org.cartulary.platform.operations;

import org.jspecify.annotations.NullMarked;
