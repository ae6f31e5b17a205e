/** The running platform: which services are hosted in this process, which are reached in others, and how they start. */
@NullMarked
package org.cartulary.app;

import org.jspecify.annotations.NullMarked;
