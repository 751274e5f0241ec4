package quantum.p35.discord;

import java.util.List;
import quantum.p35.api.Secret;
import quantum.p35.api.Severity;

/**
 * One webhook and what goes there.
 *
 * @param name for logs, health and the outbox: the address itself is a secret
 * @param url of the webhook, as Discord shows it
 * @param minimum the lowest severity that is posted
 * @param gates codes, families or rule names that it wants; empty for all
 * @param role id of the role that a new or worse alert pings; null for none
 */
public record DiscordTarget(String name, Secret url, Severity minimum, List<String> gates, String role) {}
