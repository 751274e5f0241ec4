package quantum.p35.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import quantum.p35.api.State;

class KeyboardTest {

    /** What one can do something with, and see. */
    private static final String WORKABLE = """
            const workable = () => [...document.querySelectorAll(
                'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
              .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled && each.tabIndex >= 0);
            """;

    private static boolean prepared;

    @RegisterExtension
    static final Stage stage = new Stage();

    private final Traffic traffic = new Traffic(stage);
    private final Page page = stage.page();

    @BeforeEach
    void open() {
        if (!prepared) {
            traffic.only(State.BLOCKED);
            prepared = true;
        }
        page.openWhole("");
    }

    @ParameterizedTest
    @CsvSource({"1, 1m", "q, 15m", "h, 1h"})
    void aKeySetsTheWindow(String key, String window) {
        page.press(key);
        page.awaitText("p35-answer .facts", "decisions in " + window);
        page.awaitAttribute("p35-bar [data-window='" + window + "']", "aria-pressed", "true");
        page.press("5");
        page.awaitText("p35-answer .facts", "decisions in 5m");
    }

    @ParameterizedTest
    @CsvSource({"a", "b", "c", "d", "e"})
    void aLetterJumpsToItsPanel(String letter) {
        page.press(letter);
        Await.that(() -> page.focused().contains("title-" + letter), page::focused);
        Await.that(
                () -> page.script(
                        "const {top} = document.getElementById(arguments[0]).getBoundingClientRect();"
                                + " return top >= -5 && top < innerHeight",
                        letter),
                () -> letter + " is not in sight");
    }

    @Test
    void aRowThatMovesKeepsTheFocus() {
        String gates = page.script("""
                const {store} = await import('/app/store.js');
                const panel = document.querySelector('p35-gates');
                const first = panel.querySelector('[data-gate]');
                first.querySelector('button').focus();
                const {gates} = store.state;
                store.set({gates: {...gates, gates: gates.gates.toReversed()}});
                await panel.updateComplete;
                const moved = first !== panel.querySelector('[data-gate]');
                return `${moved} ${first.contains(document.activeElement)}`""");
        assertEquals("true true", gates);
    }

    @Test
    void aSlashFiltersAndEscapeEndsIt() {
        page.press("/");
        Await.that(() -> page.focused().contains("id=\"filter\""), page::focused);
        page.press("ETH");
        Await.that(() -> page.address().contains("filter=ETH"), page::address);
        page.press(Keys.ESCAPE);
        Await.that(() -> !page.address().contains("filter"), page::address);
    }

    @Test
    void aQuestionMarkShowsTheKeysAndEscapeHidesThem() {
        page.press("?");
        page.awaitText("p35-help dialog[open]", "window of a quarter of an hour");
        page.press(Keys.ESCAPE);
        Await.that(() -> !page.shows("p35-help dialog"), page::text);
    }

    @Test
    void aGateIsOpenedAndClosed() {
        page.press("c");
        Await.that(() -> page.focused().contains("title-c"), page::focused);
        for (int step = 0; step < 8 && !page.focused().contains("aria-expanded"); step++) {
            page.press(Keys.TAB);
        }
        page.press(Keys.ENTER);
        Await.that(() -> page.address().contains("gate="), page::focused);
        page.awaitAttribute("p35-gates [aria-expanded=true]", "aria-expanded", "true");
        page.press(Keys.ESCAPE);
        Await.that(() -> !page.address().contains("gate="), page::address);
        assertTrue(page.focused().contains("aria-expanded"), page::focused);
    }

    @Test
    void everythingIsReachedByTabAndTheFocusIsSeen() {
        page.script(
                WORKABLE + "for (const each of workable()) each.dataset.reached = 'no'; document.activeElement.blur()");
        List<String> unseen = new ArrayList<>();
        // counted at each step: an alert that fires meanwhile brings its buttons
        for (int step = 0; step < workable() + 10; step++) {
            page.press(Keys.TAB);
            String blind = page.script("""
                    const at = document.activeElement;
                    at.dataset.reached = 'yes';
                    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(at);
                    const seen = at === document.body || at.matches(':focus-visible')
                      && (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 || boxShadow !== 'none');
                    return seen ? '' : at.outerHTML.slice(0, 120)""");
            if (!blind.isEmpty()) {
                unseen.add(blind);
            }
        }
        assertEquals(List.of(), unseen);
        List<String> missed = page.script(
                WORKABLE
                        + "return workable().filter(each => each.dataset.reached === 'no').map(each => each.outerHTML.slice(0, 120))");
        assertEquals(List.of(), missed);
        assertTrue(workable() > 0);
    }

    private int workable() {
        return page.<Number>script(WORKABLE + "return workable().length").intValue();
    }
}
