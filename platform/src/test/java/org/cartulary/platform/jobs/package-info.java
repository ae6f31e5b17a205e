/** Tests. */
@NullMarked
package org.cartulary.platform.jobs;

import org.jspecify.annotations.NullMarked;
