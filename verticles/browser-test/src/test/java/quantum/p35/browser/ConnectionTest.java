package quantum.p35.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    void figuresAreNotCalledThoseOfAWindowThatWasChosenSince() throws Exception {
        stage.service().kill();
        try {
            page.awaitAttribute(Page.CONNECTION, "data-state", "lost");
            page.press("h");
            page.awaitAttribute("p35-bar [data-window='1h']", "aria-pressed", "true");
            page.awaitText("p35-notice", "of the last 5m");
            page.awaitText("p35-alerts .drift", "of the last 5m");
        } finally {
            stage.service().start();
        }
        page.awaitText("p35-alerts .drift", "of the last 1h");
    }

    @Test
    void aPageThatGetsNoAnswerSaysWhy() {
        stage.service().post("verticles/insight/scale", "{\"instances\":0}");
        try {
            page.load("");
            for (String panel : List.of("p35-answer", "p35-now", "p35-gates", "p35-symbols")) {
                page.awaitText(panel, "insight is not running");
            }
            page.awaitText(Page.CONNECTION, "no answer");
            page.awaitText("p35-alerts", "the rules have nothing to look at");
        } finally {
            stage.service().post("verticles/insight/scale", "{\"instances\":1}");
        }
        page.awaitAttribute(Page.STATE, "data-state", "TRADING");
        page.awaitAttribute(Page.CONNECTION, "data-state", "live");
        page.one("p35-gates [data-gate]");
    }

    @Test
    void whatWasNeverReadIsNotCalledNothing() {
        String said = page.script("""
                const {store} = await import('/app/store.js');
                const {why, gates} = store.state;
                const state = 'REDIS_DOWN';
                store.set({why: {...why, state, lastExecute: null, window: {...why.window, total: 0}}, gates: {...gates, state, gates: []}});
                const panels = ['p35-answer', 'p35-now', 'p35-gates'].map(name => document.querySelector(name));
                await Promise.all(panels.map(panel => panel.updateComplete));
                return panels.map(panel => panel.innerText).join(' ')""");
        for (String nothing : List.of("never", "0 decisions", "No decision", "No gate")) {
            assertFalse(said.contains(nothing), said);
        }
        assertTrue(said.contains("Not known while Redis does not answer."), said);
    }

    @Test
    void aRedisThatStoppedIsSaidAndComesBack() throws Exception {
        stage.redis().freeze();
        try {
            page.awaitAttribute(Page.STATE, "data-state", "REDIS_DOWN");
            page.awaitAttribute(Page.CONNECTION, "data-state", "stale");
            page.awaitText("p35-answer .next", "redis-cli PING");
            page.awaitText("p35-health", "Redis");
            page.awaitText("p35-alerts .drift", "cannot tell, the state is Redis down");
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
