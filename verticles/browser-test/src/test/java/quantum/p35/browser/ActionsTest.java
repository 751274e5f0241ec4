package quantum.p35.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.State;
import quantum.p35.testkit.FakeDiscord;

/** What a person can do on the page, and that it is done. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ActionsTest {

    private static final String ALERT = "p35-alert [data-reason='" + Traffic.STALE + "']";

    private static final String HAS_FOCUS =
            "return document.querySelector(arguments[0]).contains(document.activeElement)";

    private static boolean prepared;

    @RegisterExtension
    static final Stage stage = new Stage();

    private final Traffic traffic = new Traffic(stage);
    private final Page page = stage.page();

    @BeforeEach
    void explosion() {
        if (!prepared) {
            traffic.only(State.BLOCKED);
            prepared = true;
        }
        page.openWhole("");
    }

    /** The last, since an alert takes three looks to fire, and the others pass that time. */
    @Order(Integer.MAX_VALUE)
    @Test
    void anAlertFiresIsExplainedAndIsAcknowledged() {
        Await.within(Duration.ofSeconds(60), () -> page.shows(ALERT), () -> stage.service()
                .get("alerts/explain"));
        // asked anew each time: its figures move with the window
        Await.that(() -> page.text(ALERT).contains(alert().path("sentence").asText()), () -> page.text(ALERT));

        page.click(ALERT + " [data-do=acknowledge]");
        page.type(ALERT + " [name=by]", "Ada");
        page.type(ALERT + " [name=note]", "I look at the exchange");
        page.script("""
                const {store} = await import('/app/store.js');
                const {alerts} = store.state;
                const [one] = alerts.alerts;
                const worse = {...one, id: 'worse', reason: 'worse', severity: 'CRITICAL', since: '2026-01-01T00:00:00Z'};
                store.set({alerts: {...alerts, alerts: [{...one, severity: 'HIGH'}, worse]}})""");
        Await.that(() -> page.shows("p35-alerts li:first-child [data-reason=worse]"), page::text);
        assertFalse(page.shows("p35-alert [data-reason=worse] form"), "the form stays with its alert");
        page.click(ALERT + " form button.main");
        page.awaitText(ALERT, "I look at the exchange");
        Await.that(() -> page.script(HAS_FOCUS, ALERT), page::focused);
        assertEquals("Ada", alert().path("acknowledged").path("by").asText());

        page.click(ALERT + " p35-silence button");
        page.click(ALERT + " p35-silence [role=group] button");
        page.awaitText(ALERT, " UTC by Ada");
        Await.that(() -> page.script(HAS_FOCUS, ALERT), page::focused);
        page.click("p35-alerts .silences [data-silence] button");
        Await.that(() -> !page.shows("p35-alerts .silences"), page::text);
        Await.that(() -> page.focused().contains("title-d"), page::focused);

        page.type("p35-explain [name=gate]", Traffic.STALE);
        page.click("p35-explain form button");
        JsonNode explanation = stage.service()
                .get("alerts/explain?gate=" + Traffic.STALE)
                .path("explanations")
                .get(0);
        page.awaitText("p35-explain", explanation.path("rule").asText());
        page.awaitText("p35-explain", "firing");
    }

    private JsonNode alert() {
        for (JsonNode alert : stage.service().get("alerts").path("alerts")) {
            if (alert.path("reason").asText().equals(Traffic.STALE)) {
                return alert;
            }
        }
        throw new AssertionError("no such alert in " + stage.service().get("alerts"));
    }

    @Test
    void aGateIsSilencedForTwoHoursAndTheSilenceIsEnded() {
        page.click("p35-gates [data-gate='cooldown'] button");
        page.click("p35-gate p35-silence button");
        page.type("p35-gate p35-silence [name=by]", "Ada");
        page.type("p35-gate p35-silence [name=note]", "known");
        page.click("p35-gate p35-silence [role=group] button:nth-child(2)");

        page.awaitText("p35-alerts .silences", "cooldown");
        page.awaitText("p35-alerts .silences", "known");
        JsonNode silence = stage.service().get("silences").path("silences").get(0);
        assertEquals("cooldown", silence.path("gate").asText());
        Duration left = Duration.between(
                Instant.now(), Instant.parse(silence.path("until").asText()));
        assertTrue(
                left.compareTo(Duration.ofMinutes(118)) > 0 && left.compareTo(Duration.ofMinutes(121)) < 0,
                left::toString);

        page.click("p35-alerts .silences [data-silence] button");
        Await.that(() -> stage.service().get("silences").path("silences").isEmpty(), page::text);
        Await.that(() -> !page.shows("p35-alerts .silences"), page::text);
    }

    @Test
    void theMorningIsTheOneHereAndIsSaidInUtcToo() {
        stage.chromium().timeZone("Asia/Tokyo");
        page.openWhole("?gate=cooldown");
        page.click("p35-gate p35-silence button");
        page.awaitText("p35-gate p35-silence form", "22:00 UTC, 07:00 on your clock)");
    }

    @Test
    void aVerticleIsRedeployedByTwoClicks() {
        String insight = "p35-health [data-component=insight]";
        Set<String> before = instances();
        page.click(insight + " [data-do=redeploy]");
        page.awaitText(insight, "really?");
        assertEquals(before, instances(), "one click is an accident");
        page.click(insight + " [data-do=redeploy]");
        page.awaitText("p35-health", "insight is redeployed");
        Await.that(() -> !before.containsAll(instances()), this::instances);
        page.awaitText(insight, "1 of 1");
    }

    private Set<String> instances() {
        Set<String> instances = new HashSet<>();
        for (JsonNode component : stage.service().get("health").path("components")) {
            if (component.path("component").asText().equals("insight")) {
                instances.add(component.path("instance").asText());
            }
        }
        return instances;
    }

    @Test
    void discordIsTestedByAClick() {
        page.click("p35-health [data-do=discord-test]");
        page.awaitText("p35-health .discord", "posted, edited and deleted");
        assertTrue(stage.discord().posted().stream().anyMatch(FakeDiscord.Seen::deleted));
        assertEquals(List.of(), stage.discord().violations());
    }
}
