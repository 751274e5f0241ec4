package quantum.p35.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.State;

class ConnectionTest {

    private static final List<String> SCHEMES = List.of("light", "dark");

    @RegisterExtension
    static final Stage stage = new Stage();

    private final Traffic traffic = new Traffic(stage);
    private final Page page = stage.page();

    @BeforeEach
    void open() {
        stage.allowOutage();
        traffic.only(State.TRADING);
        page.openWhole("");
        page.awaitAttribute(Page.CONNECTION, "data-state", "live");
    }

    @Test
    void whatIsOldIsGreyAndCanBeRead() throws Exception {
        traffic.only(State.BLOCKED);
        page.openWhole("");
        stage.service().kill();
        page.awaitAttribute(Page.CONNECTION, "data-state", "lost");
        axeFindsNothingWrong();
        stage.service().start();
    }

    @Test
    void aServiceThatWasRestartedIsFoundAgain() throws Exception {
        stage.service().kill();
        page.awaitAttribute(Page.CONNECTION, "data-state", "lost");
        page.awaitText(Page.CONNECTION, "not connected since");
        page.awaitText("p35-notice", "Trying again by itself.");
        assertTrue(page.title().startsWith("? "), page::title);
        assertEquals("TRADING", page.attribute(Page.STATE, "data-state"), "what was known stays");

        stage.service().start();
        page.awaitAttribute(Page.CONNECTION, "data-state", "live");
        assertEquals("", page.text("p35-notice"));
        page.awaitAttribute(Page.STATE, "data-state", "TRADING");
        traffic.execute(5);
        // asked anew each time: what was asked at once may tell of some of the five only
        Await.that(
                () -> page.text("p35-answer .facts")
                        .contains(stage.service().get("why").path("window").path("total") + " decisions"),
                page::text);
    }

    @Test
    void aRedisThatStoppedIsSaidAndComesBack() throws Exception {
        stage.redis().freeze();
        try {
            page.awaitAttribute(Page.STATE, "data-state", "REDIS_DOWN");
            page.awaitAttribute(Page.CONNECTION, "data-state", "stale");
            page.awaitText("p35-answer .next", "redis-cli PING");
            page.awaitText("p35-health", "Redis");
            axeFindsNothingWrong();
        } finally {
            stage.redis().thaw();
        }
        page.awaitAttribute(Page.STATE, "data-state", "TRADING");
        page.awaitAttribute(Page.CONNECTION, "data-state", "live");
    }

    /** Greyed as it is now. */
    private void axeFindsNothingWrong() throws Exception {
        for (String scheme : SCHEMES) {
            stage.chromium().prefers(scheme);
            assertEquals(List.of(), page.accessibilityProblems(), scheme);
        }
    }
}
