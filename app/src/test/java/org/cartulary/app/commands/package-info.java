/** Tests of the commands. */
@NullMarked
package org.cartulary.app.commands;

import org.jspecify.annotations.NullMarked;
