package quantum.p35.discord;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        if (instances < 0 || instances > 16) {
            throw new IllegalArgumentException("discord.instances is " + instances + ": it must be 0 to 16");
        }
        page = page(page);
        targets = List.copyOf(targets);
        Set<String> names = new HashSet<>();
        targets.forEach(target -> {
            if (!names.add(target.name())) {
                throw new IllegalArgumentException(
                        "discord.targets has two named '" + target.name() + "': a name must stand once");
            }
        });
    }

    private static String page(String page) {
        try {
            URI uri = URI.create(String.valueOf(page).strip());
            if (uri.getHost() != null
                    && Set.of("http", "https").contains(uri.getScheme())
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri.toString().replaceAll("/+$", "");
            }
        } catch (IllegalArgumentException e) {
            // told below, in our words
        }
        throw new IllegalArgumentException("discord.page is '" + page
                + "': it must be the address of the web page, such as http://127.0.0.1:8035 or https://p35.example");
    }
}
