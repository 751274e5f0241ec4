package quantum.p35.discord;

import java.util.List;

/**
 * The section {@code discord:} of {@code conf/p35.yaml}, with the secrets filled in.
 *
 * @param instances how many run in this process, 0 for none; only one at a time delivers, the others stand by
 * @param page address of the web page, for the link in a message
 * @param targets empty: nothing is posted, and health says so
 */
public record DiscordConfig(int instances, String page, List<DiscordTarget> targets) {

    public static final DiscordConfig DEFAULT = new DiscordConfig(1, "http://127.0.0.1:8035", List.of());

    public DiscordConfig {
        if (instances < 0) {
            throw new IllegalArgumentException("discord.instances is " + instances + ": it must be 0 or more");
        }
        targets = List.copyOf(targets);
    }
}
