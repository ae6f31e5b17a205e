/**
 * What every site of pages stands on: the client of the public API, visits with their cookies and sessions, templates, assets.
 * Pages know of the shop what the API tells anybody.
 */
@NullMarked
package org.cartulary.pages;

import org.jspecify.annotations.NullMarked;
