package quantum.p35.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import quantum.p35.api.State;
import quantum.p35.embedded.RedisServer;

/** The bridge and its example, as a browser sees them. */
class BusExampleTest {

    private static final String EXAMPLE = "examples/bus.html";

    /** An alert takes three looks to fire. */
    private static final Duration RAISED = Duration.ofSeconds(60);

    @RegisterExtension
    static final Stage stage = new Stage();

    private final Traffic traffic = new Traffic(stage);
    private final Page page = stage.page();

    @TempDir
    private Path folder;

    @AfterEach
    void leave() {
        // or it would go on asking
        page.leave();
    }

    @Test
    void itShowsTheAnswerTheCountsAndWhatChanges() throws Exception {
        traffic.only(State.HOLDING);
        page.load(EXAMPLE);
        page.awaitAttribute("#state", "data-state", "live");
        Await.that(
                () -> page.text("#sentence").equals(sentence()), () -> page.text("#sentence") + " is no " + sentence());
        Await.that(() -> total("5m").equals("42"), page::text);
        assertEquals(List.of(), page.accessibilityProblems());

        traffic.execute(60);
        Await.that(() -> total("5m").equals("102"), page::text);
        page.awaitText("#sentence", "Trading");
        Await.that(
                () -> page.text("#sentence").equals(sentence()), () -> page.text("#sentence") + " is no " + sentence());
    }

    @Test
    void itTellsOfAnAlert() {
        traffic.nothing();
        page.load(EXAMPLE);
        page.awaitAttribute("#state", "data-state", "live");
        page.awaitText("#changes", "Nothing since");
        traffic.only(State.BLOCKED);
        Await.within(
                RAISED, () -> page.text("#changes").contains("raised: " + Traffic.STALE), () -> page.text("#changes"));
    }

    @Test
    void behindATokenItWorksOnceSignedIn() throws Exception {
        try (RedisServer redis = RedisServer.start();
                ServiceProcess guarded =
                        new ServiceProcess(folder, redis.url(), Map.of("P35_API_TOKEN", "correct-horse"))) {
            stage.allowRefusals();
            stage.allowHost(guarded.url());
            Page locked = new Page(stage.chromium().driver(), guarded.url());
            locked.load("");
            locked.type("#token", "correct-horse" + Keys.ENTER);
            locked.awaitAttribute(Page.STATE, "data-state", "NO_DATA");
            locked.load(EXAMPLE);
            locked.awaitAttribute("#state", "data-state", "live");
            Await.that(() -> locked.text("#sentence").contains(locked.script("""
                    return fetch('/api/v1/why').then(answer => answer.json()).then(why => why.sentence)""")), locked::text);
            locked.leave();
        }
    }

    /** Nothing tells a browser that the other side is frozen, or the network away: only silence does. */
    @Test
    void aDeadConnectionIsNoticedAndLivesAgain() throws Exception {
        try (RedisServer redis = RedisServer.start();
                ServiceProcess frozen = new ServiceProcess(folder, redis.url(), Map.of())) {
            stage.allowOutage();
            stage.allowHost(frozen.url());
            Page other = new Page(stage.chromium().driver(), frozen.url());
            other.load(EXAMPLE + "?ping=300");
            other.awaitAttribute("#state", "data-state", "live");
            frozen.freeze();
            other.awaitAttribute("#state", "data-state", "lost");
            frozen.thaw();
            other.awaitAttribute("#state", "data-state", "live");
            other.leave();
        }
    }

    private String total(String window) {
        return page.script(
                "return [...document.querySelectorAll('#counts div')]"
                        + ".find(each => each.firstChild.textContent === arguments[0])?.lastChild.textContent ?? ''",
                window);
    }

    private String sentence() {
        return stage.service().get("why").path("sentence").asText();
    }
}
