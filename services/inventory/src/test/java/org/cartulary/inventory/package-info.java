/** Tests of the stock. */
package org.cartulary.inventory;
