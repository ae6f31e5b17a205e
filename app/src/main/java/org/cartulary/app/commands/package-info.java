/** The command line. */
@NullMarked
package org.cartulary.app.commands;

import org.jspecify.annotations.NullMarked;
