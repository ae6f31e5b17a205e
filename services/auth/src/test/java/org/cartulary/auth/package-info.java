/** Tests of identities and their proofs. */
@NullMarked
package org.cartulary.auth;

import org.jspecify.annotations.NullMarked;
