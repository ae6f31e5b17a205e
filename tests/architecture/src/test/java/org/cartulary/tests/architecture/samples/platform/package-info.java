/** What the samples stand on. */
@NullMarked
package org.cartulary.tests.architecture.samples.platform;

import org.jspecify.annotations.NullMarked;
