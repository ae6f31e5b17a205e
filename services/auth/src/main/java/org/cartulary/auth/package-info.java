/** Identities and their proofs: accounts, sessions, access tokens and API keys. */
@NullMarked
package org.cartulary.auth;

import org.jspecify.annotations.NullMarked;
