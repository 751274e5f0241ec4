package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.p35.api.Secret;
import quantum.p35.api.Severity;
import quantum.p35.dashboard.DashboardConfig;
import quantum.p35.discord.DiscordConfig;
import quantum.p35.discord.DiscordTarget;

class DiscordSectionTest {

    private static final String ADDRESS = "https://discord.com/api/webhooks/123/abc-DEF";
    private static final String ROLE = "123456789012345678";

    private final List<String> problems = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void withoutAWebhookNothingIsPostedAndThePageIsTheDashboards() {
        assertEquals(new DiscordConfig(1, "http://127.0.0.1:8035", List.of()), config(Map.of()));
    }

    @Test
    void theWebhookOfTheEnvironmentIsTheDefaultTarget() {
        DiscordConfig config = config(Map.of("P35_DISCORD_WEBHOOK_URL", ADDRESS));

        assertEquals(
                List.of(new DiscordTarget(
                        "default",
                        new Secret(ADDRESS),
                        Severity.HIGH,
                        List.of(),
                        null,
                        "set P35_DISCORD_WEBHOOK_URL to its URL where the service is started, and restart it: a process"
                                + " keeps the environment that it began with")),
                config.targets());
        assertEquals(false, config.toString().contains("abc-DEF"));
    }

    @Test
    void itMayStandInAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("webhook"), ADDRESS + "\n");

        DiscordConfig config = config(Map.of("P35_DISCORD_WEBHOOK_URL_FILE", file.toString()));

        DiscordTarget target = config.targets().getFirst();
        assertEquals(new Secret(ADDRESS), target.url());
        assertEquals(
                "write its URL into " + file + " (P35_DISCORD_WEBHOOK_URL_FILE) and ./p35 redeploy discord",
                target.renew());
    }

    @Test
    void aTargetTakesFromTheSectionWhatItDoesNotName() throws IOException {
        Files.writeString(folder.resolve("night"), ADDRESS);
        var plain = new DiscordSection.Target("plain", "night", null, null, null);
        var night = new DiscordSection.Target("night", "night", Severity.CRITICAL, List.of("execute_low"), "none");

        DiscordConfig config = config(
                new DiscordSection(1, "https://p35.example", Severity.MEDIUM, ROLE, List.of(plain, night)), Map.of());

        assertEquals("https://p35.example", config.page());
        assertEquals(
                List.of(
                        new DiscordTarget(
                                "plain", new Secret(ADDRESS), Severity.MEDIUM, List.of(), ROLE, renew("plain")),
                        new DiscordTarget(
                                "night",
                                new Secret(ADDRESS),
                                Severity.CRITICAL,
                                List.of("execute_low"),
                                null,
                                renew("night"))),
                config.targets());
    }

    private String renew(String target) {
        return "write its URL into " + folder.resolve("night") + " (urlFile of discord.targets '" + target
                + "') and ./p35 redeploy discord";
    }

    @Test
    void whatSystemdHandsOverNeedsARestart() {
        Environment unit = new Environment(
                Map.of("P35_DISCORD_WEBHOOK_URL_FILE", "/run/credentials/p35.service/discord-webhook-url"));

        assertEquals(
                "write its URL into the file that the unit's LoadCredential names"
                        + " (/etc/quantum-p35/credentials/discord-webhook-url) and restart the service: systemd hands it"
                        + " over at a start only",
                unit.renewWebhook());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        var lost = new DiscordSection.Target("lost", "nowhere", null, null, null);

        assertNull(config(new DiscordSection(1, "auto", Severity.HIGH, "none", List.of(lost)), Map.of()));
        assertEquals(
                List.of("urlFile of discord.targets 'lost' names nowhere, which cannot be read: there is no such file."
                        + " Give a file that this user may read"),
                problems);
    }

    @Test
    void anAddressThatCannotBeUsedIsNeverPrinted() {
        assertNull(config(Map.of("P35_DISCORD_WEBHOOK_URL", "https://discord.com/s3cret")));

        assertEquals(1, problems.size());
        assertEquals(false, problems.getFirst().contains("s3cret"), problems.getFirst());
    }

    private DiscordConfig config(Map<String, String> environment) {
        return config(DiscordSection.DEFAULT, environment);
    }

    private DiscordConfig config(DiscordSection section, Map<String, String> environment) {
        return section.config(DashboardConfig.DEFAULT, new Environment(environment), new Home(folder), problems::add);
    }
}
