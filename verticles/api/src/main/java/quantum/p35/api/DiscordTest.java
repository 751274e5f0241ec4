package quantum.p35.api;

import java.util.List;

/** Does Discord take our messages? Posts, edits and deletes a message of its own. */
public final class DiscordTest {

    private DiscordTest() {}

    public record Question() {}

    /** @param targets one for each webhook; empty when none is configured */
    public record Answer(List<Target> targets) {}

    /** @param sentence what worked, or what did not and what to do */
    public record Target(String name, boolean delivered, String sentence) {}
}
