package org.cartulary.platform.coalescing;

/**
 * One caller's part of a batch.
 *
 * @param command what is asked
 * @param traceId the trace of the caller, since a batch has many
 */
public record Call<C>(C command, String traceId) {}
