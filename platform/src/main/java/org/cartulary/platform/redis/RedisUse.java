package org.cartulary.platform.redis;

/**
 * For what a service uses a Redis.
 *
 * @param kept what is kept there, as people call it: {@code carts}
 * @param setting the property that says where it is kept
 */
public record RedisUse(String kept, String setting) {}
