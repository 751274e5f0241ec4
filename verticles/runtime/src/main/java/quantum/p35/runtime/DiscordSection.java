package quantum.p35.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import quantum.p35.api.Secret;
import quantum.p35.api.Severity;
import quantum.p35.dashboard.DashboardConfig;
import quantum.p35.discord.DiscordConfig;
import quantum.p35.discord.DiscordTarget;

/**
 * The section {@code discord} as it is written: without addresses, which are secrets.
 *
 * @param page {@code auto}: where the dashboard listens
 * @param minimum for every target that names none
 * @param role for every target that names none; {@code none}: nobody is pinged
 * @param targets beside the one of {@code P35_DISCORD_WEBHOOK_URL}
 */
record DiscordSection(int instances, String page, Severity minimum, String role, List<Target> targets) {

    static final DiscordSection DEFAULT =
            new DiscordSection(DiscordConfig.DEFAULT.instances(), "auto", Severity.HIGH, "none", List.of());

    /** The one of the environment. */
    private static final String ENVIRONMENT = "default";

    /**
     * @param urlFile holds the address
     * @param minimum null: the section's
     * @param gates null for all
     * @param role null: the section's
     */
    record Target(String name, String urlFile, Severity minimum, List<String> gates, String role) {}

    /** Null when there were problems. @param dashboard null when it had problems itself */
    DiscordConfig config(DashboardConfig dashboard, Environment environment, Home home, Consumer<String> problems) {
        List<DiscordTarget> whole = new ArrayList<>();
        Secret webhook = environment.webhook(problems);
        try {
            if (webhook != null) {
                whole.add(new DiscordTarget(
                        ENVIRONMENT, webhook, minimum, List.of(), id(role), environment.renewWebhook()));
            }
            for (Target target : targets) {
                whole.add(target(target, home, problems));
            }
            return whole.contains(null)
                    ? null
                    : new DiscordConfig(instances, page.equals("auto") ? address(dashboard) : page, whole);
        } catch (IllegalArgumentException e) {
            problems.accept(e.getMessage());
            return null;
        }
    }

    private DiscordTarget target(Target target, Home home, Consumer<String> problems) {
        if (target == null || target.urlFile == null) {
            problems.accept("discord.targets has one without urlFile: name the file that holds the webhook's address");
            return null;
        }
        Secret url = Environment.secret(
                "urlFile of discord.targets '" + target.name + "'",
                "webhook's address",
                home.folder(),
                target.urlFile,
                problems);
        return url == null
                ? null
                : new DiscordTarget(
                        target.name,
                        url,
                        target.minimum == null ? minimum : target.minimum,
                        target.gates,
                        id(target.role == null ? role : target.role),
                        "write its URL into " + home.folder().resolve(target.urlFile) + " (urlFile of discord.targets '"
                                + target.name + "') and ./p35 redeploy discord");
    }

    private static String id(String role) {
        return role.equals("none") ? null : role;
    }

    private static String address(DashboardConfig dashboard) {
        if (dashboard == null) {
            return DiscordConfig.DEFAULT.page();
        }
        String host = dashboard.host().contains(":") ? "[" + dashboard.host() + "]" : dashboard.host();
        return "http://" + host + ":" + dashboard.port();
    }
}
