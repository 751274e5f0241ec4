package quantum.p35.api;

import java.time.Instant;

/**
 * A window at one instant.
 *
 * @param from begin of its first minute, inclusive
 * @param to the instant at which its figures were read
 * @param total all decisions in it, repeats included
 */
public record Window(WindowName name, Instant from, Instant to, long total) {}
