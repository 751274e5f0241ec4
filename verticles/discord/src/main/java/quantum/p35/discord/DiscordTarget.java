package quantum.p35.discord;

import java.util.List;
import java.util.regex.Pattern;
import quantum.p35.api.Alert;
import quantum.p35.api.Secret;
import quantum.p35.api.Severity;

/**
 * One webhook and what goes there.
 *
 * @param name for logs, health and the outbox: the address itself is a secret
 * @param url of the webhook, as Discord shows it
 * @param minimum the lowest severity that is posted
 * @param gates codes, families or rule names that it wants; empty for all
 * @param role id of the role that a new or worse alert pings, from HIGH on; null for none
 * @param renew what to do with another URL so that it is used, in words: where this one came from knows who read it
 */
public record DiscordTarget(String name, Secret url, Severity minimum, List<String> gates, String role, String renew) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final Pattern SNOWFLAKE = Pattern.compile("[0-9]{15,20}");

    public DiscordTarget {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a Discord target is '" + name + "': it must be 1 to 32 of a-z 0-9 _ -");
        }
        if (minimum == null) {
            throw new IllegalArgumentException(
                    "minimum of Discord target '" + name + "' is missing: it must be MEDIUM, HIGH or CRITICAL");
        }
        if (role != null && !SNOWFLAKE.matcher(role).matches()) {
            throw new IllegalArgumentException("role of Discord target '" + name + "' is '" + role
                    + "': it must be the role's id, 15 to 20 digits (Discord: right click on the role, Copy ID)");
        }
        gates = gates == null ? List.of() : List.copyOf(gates);
        WebhookUrl.of(name, url);
    }

    /** Whether alerts of this kind are posted here at all, whatever their severity. */
    boolean wants(Alert alert) {
        return gates.isEmpty()
                || gates.contains(alert.reason())
                || gates.contains(alert.rule())
                || gates.contains(family(alert.reason()));
    }

    private static String family(String reason) {
        int colon = reason.indexOf(':');
        return colon < 0 ? reason : reason.substring(0, colon);
    }
}
